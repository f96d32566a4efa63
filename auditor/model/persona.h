/* persona.h - who visits: device, network, language, patience. Loaded by scenario/persona.
 *
 * const after loading. Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_PERSONA_H
#define MODEL_PERSONA_H

#include <stdbool.h>
#include <stdint.h>

#include "model/lang.h"

/** A network profile: what `--throttle` names. 0: unlimited. */
typedef struct Network {
    const char *id; /**< none 4g slow-4g 3g cable fibre */
    int64_t down_bytes_per_s;
    int64_t up_bytes_per_s;
    int64_t latency_us; /**< added round trip */
} Network;

typedef struct Persona {
    const char *id;
    const char *path;
    LangText title;
    LangText story; /**< one sentence on who it is */
    bool is_phone;
    int width, height; /**< CSS px */
    double pixel_ratio;
    bool has_touch;
    const char *user_agent;      /**< without Headless */
    const char *platform;        /**< client hint: "Android", "Windows" */
    const char *brands;          /**< client hint Sec-CH-UA value */
    const char *language;        /**< "fr" */
    const char *accept_language; /**< header value */
    const char *timezone;
    const char *network; /**< id of a Network */
    int64_t patience_us; /**< median wait it bears */
    const char *consent; /**< accept refuse ignore */
    const char *country; /**< ISO 3166-1 alpha-2 of its address: FR, GB ... */
    double cpu_rate;     /**< 1: as it is */
    const char *input;   /**< mouse touch keyboard */
    double text_scale;
    bool reduced_motion;
    const char *vision; /**< full low protanopia deuteranopia tritanopia achromatopsia */
} Persona;

/** Profile of an id, or NULL. Figures and their source in persona.c. */
const Network *network_of(const char *id);
/** All profiles, NULL-ended ids, for messages. */
const char *const *network_ids(void);

#endif
