/*
 * eucjp - is what could be read as CP932 the EUC-JP of an old Unix?
 *
 * Both give two bytes to a kanji, and most of EUC-JP's are half-width katakana in
 * CP932: nothing fails, but names become ones that nobody gave. In EUC-JP there is none
 * of the bytes that begin CP932's own kana and most of its common kanji, so what has one
 * of these is none. The rest is EUC-JP unless it makes sense as CP932: as the half-width
 * katakana that operators of old systems really used, and the few kanji that may stand
 * among them. Who is refused cannot open his site, so what could be either is CP932.
 */
#ifndef AMC_STORE_EUCJP_H
#define AMC_STORE_EUCJP_H

#include <stdbool.h>
#include <stddef.h>

/* Of a text that is no UTF-8; where its first character is that is no ASCII, else -1. */
long eucjp_at(const char *bytes, size_t len);

#endif
