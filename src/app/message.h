/*
 * message - a notification in words: its subject, its text, its JSON; kept as what
 * happened, so that each channel has it in its language.
 */
#ifndef AMC_APP_MESSAGE_H
#define AMC_APP_MESSAGE_H

#include "base/json.h"
#include "base/text.h"
#include "model/notice.h"

struct message {
	int64_t id;		/* of its channel, grows */
	int64_t at;		/* ms since 1970 */
	bool test;		/* somebody tries the channel: no items */
	struct notice_item *items;
	size_t n;
	int tries;		/* that failed */
	int64_t next;		/* not before; ms since 1970 */
};

void message_done(struct message *);

/* "begin": something in it is bad; "end": all is over; "test". */
const char *message_event(const struct message *);
int message_severity(const struct message *);

/*
 * One line that tells all: "AMC SV1 alarm: Low battery: UPS1; No answer: UPS2, UPS3".
 * At most so many columns as a list of mails shows; in the present language.
 */
void message_subject(const struct message *, const char *terminal, struct text *);
/* A line for each item, with times of the local clock. */
void message_body(const struct message *, const char *terminal, struct text *);
/* amc.notification.v1 (man 5 amc-notify), for webhooks and commands. */
struct json *message_json(const struct message *, const char *terminal);

/* Items as they are kept in files. */
struct json *notice_item_json(const struct notice_item *);
/* False when it is none. */
bool notice_item_parse(struct notice_item *, const struct json *);

#endif
