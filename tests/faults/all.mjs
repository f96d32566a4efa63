// all.mjs - every fault there is. SPDX-License-Identifier: MIT
import * as content from "./content.mjs";
import * as transport from "./transport.mjs";

const groups = { ...transport, ...content };
export const all = Object.entries(groups).flatMap(([group, faults]) => faults.map((fault) => ({ group, ...fault })));
