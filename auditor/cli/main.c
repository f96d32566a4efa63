/* main.c - prints the version until the commands are there.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <stdio.h>

int main(void)
{
    puts("mystery " MYSTERY_VERSION);
    return 0;
}
