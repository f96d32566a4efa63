/* warden.c - see warden.h. Layer: visit.
 *
 * What is judged is read from the memory of who asks, and could be changed by another of
 * its threads before the kernel reads it again. Only a browser that was taken over could do
 * that; against pages, which cannot, it holds. SPDX-License-Identifier: MIT */
#include "visit/chromium/warden.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/attr.h"
#include "net/transfer.h"

#if defined(__x86_64__)
#    define WARDEN_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#    define WARDEN_ARCH AUDIT_ARCH_AARCH64
#else
#    define WARDEN_ARCH 0
#endif

enum { PORT_DNS = 53 };

static long seccomp(unsigned operation, unsigned flags, void *arguments)
{
    return syscall(SYS_seccomp, operation, flags, arguments);
}

bool warden_is_possible(void)
{
    uint32_t action = SECCOMP_RET_USER_NOTIF;
    return WARDEN_ARCH && seccomp(SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int warden_install(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, WARDEN_ARCH, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_connect, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = COUNT_OF(code), .filter = code};
    if (!WARDEN_ARCH)
        return -1;
    return (int)seccomp(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                        &program);
}

/* Names are asked for at addresses that the machine's owner chose. No page can reach that
 * port: browsers do not call it. */
static bool is_for_names(const struct sockaddr_storage *address)
{
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    memcpy(&in, address, sizeof in);
    memcpy(&in6, address, sizeof in6);
    return (address->ss_family == AF_INET && ntohs(in.sin_port) == PORT_DNS) ||
           (address->ss_family == AF_INET6 && ntohs(in6.sin6_port) == PORT_DNS);
}

/* 0: go on; else what connect answers. */
static int verdict(const struct seccomp_notif *question)
{
    struct sockaddr_storage address = {0};
    size_t length = (size_t)question->data.args[2];
    struct iovec here = {&address, length < sizeof address ? length : sizeof address};
    struct iovec there = {(void *)(uintptr_t)question->data.args[1], here.iov_len};
    ssize_t got = process_vm_readv((pid_t)question->pid, &here, 1, &there, 1, 0);
    /* Where we may not look we cannot judge; a page cannot bring that about. */
    if (got < (ssize_t)sizeof(sa_family_t))
        return errno == EPERM || errno == ENOSYS ? 0 : EFAULT;
    if ((address.ss_family != AF_INET && address.ss_family != AF_INET6) ||
        is_for_names(&address))
        return 0;
    return address_is_private((const struct sockaddr *)&address) ? EACCES : 0;
}

void warden_answer(int fd)
{
    struct seccomp_notif question;
    memset(&question, 0, sizeof question);
    if (ioctl(fd, SECCOMP_IOCTL_NOTIF_RECV, &question) != 0)
        return; /* who asked has died meanwhile */
    int refusal = verdict(&question);
    /* Was it still the same process when we looked? */
    if (ioctl(fd, SECCOMP_IOCTL_NOTIF_ID_VALID, &question.id) != 0)
        return;
    struct seccomp_notif_resp answer = {.id = question.id, .error = -refusal};
    if (!refusal)
        answer.flags = (uint32_t)SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    /* Fails when who asked has died: nothing to do then. */
    (void)ioctl(fd, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

/* A message of one byte, with room for one descriptor beside it. */
typedef struct Parcel {
    struct msghdr message;
    struct iovec part;
    char byte;
    _Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))];
} Parcel;

static void parcel_init(Parcel *parcel)
{
    memset(parcel, 0, sizeof *parcel);
    parcel->part = (struct iovec){&parcel->byte, 1};
    parcel->message = (struct msghdr){.msg_iov = &parcel->part, .msg_iovlen = 1};
}

bool warden_send(int socket_fd, int fd)
{
    Parcel parcel;
    parcel_init(&parcel);
    if (fd >= 0) {
        parcel.message.msg_control = parcel.room;
        parcel.message.msg_controllen = sizeof parcel.room;
        struct cmsghdr *head = CMSG_FIRSTHDR(&parcel.message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
    }
    return sendmsg(socket_fd, &parcel.message, MSG_NOSIGNAL) == 1;
}

int warden_receive(int socket_fd)
{
    Parcel parcel;
    int fd = -1;
    ssize_t got = 0;
    parcel_init(&parcel);
    parcel.message.msg_control = parcel.room;
    parcel.message.msg_controllen = sizeof parcel.room;
    do
        got = recvmsg(socket_fd, &parcel.message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *head = got == 1 ? CMSG_FIRSTHDR(&parcel.message) : NULL;
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
        memcpy(&fd, CMSG_DATA(head), sizeof fd);
    return fd;
}
