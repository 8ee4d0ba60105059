/*
 * ambiguous - characters whose width Unicode leaves open (UAX 11, property A):
 * one column in most terminals, two in some East Asian ones. Greek and Cyrillic
 * letters, circled digits, arrows, lines and boxes.
 */
#ifndef AMC_BASE_AMBIGUOUS_H
#define AMC_BASE_AMBIGUOUS_H

#include <stdbool.h>
#include <stdint.h>

bool is_ambiguous(uint32_t cp);

#endif
