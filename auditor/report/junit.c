/* junit.c - JUnit XML: one suite a dimension, one case a criterion, and the visits.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/render.h"
#include "report/writers.h"

bool junit_write(const Audit *audit, const ReportOptions *options, Buf *out, Error *err)
{
    static const RenderTarget target = {"junit", "junit.mustache", escape_xml, NULL};

    return render_audit(&target, audit, options, out, err);
}
