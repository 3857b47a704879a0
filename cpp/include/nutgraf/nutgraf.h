#pragma once

/// Everything: from a text to its summary, and each stage by itself.

#include "nutgraf/blocks.h"
#include "nutgraf/control.h"
#include "nutgraf/digest.h"
#include "nutgraf/document.h"
#include "nutgraf/error.h"
#include "nutgraf/evaluate.h"
#include "nutgraf/keyphrases.h"
#include "nutgraf/model.h"
#include "nutgraf/render.h"
#include "nutgraf/salience.h"
#include "nutgraf/segment.h"
#include "nutgraf/select.h"
#include "nutgraf/similarity.h"
#include "nutgraf/span.h"
#include "nutgraf/statistics.h"
#include "nutgraf/summarize.h"
#include "nutgraf/terms.h"
#include "nutgraf/vectors.h"
#include "nutgraf/version.h"
#include "nutgraf/vocabulary.h"
