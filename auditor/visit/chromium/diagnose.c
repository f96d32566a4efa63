/* diagnose.c - TODO */
#include "visit/chromium/watch.h"
void diagnose_visit(Measure *measure) { (void)measure; }
