/*
 * mail - a notification as a mail: RFC 5322, with words that are not ASCII in its
 * headers by RFC 2047, and in its text as UTF-8 in base64.
 */
#ifndef AMC_APP_MAIL_H
#define AMC_APP_MAIL_H

#include "app/channel.h"
#include "app/message.h"

/* Lines end with "\n", or with "\r\n" for SMTP. */
void mail_print(const struct message *, const struct channel *, const char *terminal, bool crlf,
    struct text *);

#endif
