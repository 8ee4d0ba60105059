/*
 * deliver-test - a test through one channel of a settings file, by the way that
 * notifications go: amcd notify.
 */
#ifndef AMC_APP_DELIVER_TEST_H
#define AMC_APP_DELIVER_TEST_H

#include "base/err.h"
#include "base/text.h"

/* Waits until it has ended. False and words when it was not taken; steps: a line each. */
bool deliver_test(const char *conf, const char *terminal, const char *channel,
    struct text *steps, struct err *);

#endif
