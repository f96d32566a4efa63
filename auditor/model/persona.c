/* persona.c - the network profiles that personas and --throttle name.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include "model/persona.h"

#include <stddef.h>
#include <string.h>

/* Sources: slow-4g is Lighthouse's mobile profile (core/config/constants.js: 150 ms,
 * 1.6 Mbit/s down, 750 kbit/s up); 4g, 3g, cable and fibre are WebPageTest's connectivity
 * profiles 4G (9/9 Mbit/s, 170 ms), 3G (1.6 Mbit/s, 768 kbit/s, 300 ms), Cable (5/1 Mbit/s,
 * 28 ms) and FIOS (20/5 Mbit/s, 4 ms). Here bytes per second of 1,000-based bits. */
static const Network NETWORKS[] = {
    {.id = "none"},
    {.id = "4g",
     .down_bytes_per_s = 1125000,
     .up_bytes_per_s = 1125000,
     .latency_us = 170000},
    {.id = "slow-4g",
     .down_bytes_per_s = 200000,
     .up_bytes_per_s = 93750,
     .latency_us = 150000},
    {.id = "3g", .down_bytes_per_s = 200000, .up_bytes_per_s = 96000, .latency_us = 300000},
    {.id = "cable",
     .down_bytes_per_s = 625000,
     .up_bytes_per_s = 125000,
     .latency_us = 28000},
    {.id = "fibre",
     .down_bytes_per_s = 2500000,
     .up_bytes_per_s = 625000,
     .latency_us = 4000},
};

static const char *const NETWORK_IDS[] = {"none",  "4g",    "slow-4g", "3g",
                                          "cable", "fibre", NULL};

const Network *network_of(const char *id)
{
    for (size_t i = 0; id && i < sizeof NETWORKS / sizeof NETWORKS[0]; i++) {
        if (strcmp(NETWORKS[i].id, id) == 0)
            return &NETWORKS[i];
    }
    return NULL;
}

const char *const *network_ids(void)
{
    return NETWORK_IDS;
}
