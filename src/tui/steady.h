/*
 * steady - characters that every terminal gives as many columns as we do.
 *
 * Of others one cannot be sure: emoji (newer ones, with modifiers, with selectors),
 * marks, letters that are joined, what came to Unicode lately. Terminals, multiplexers
 * and fonts have tables of different years. Characters of ambiguous width count as
 * steady: how wide they are the terminal was asked (screen_ask_width()).
 */
#ifndef AMC_TUI_STEADY_H
#define AMC_TUI_STEADY_H

#include <stdbool.h>
#include <stdint.h>

bool steady_width(uint32_t cp);

#endif
