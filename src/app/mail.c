/* mail - a notification as a mail; see mail.h */
#include "app/mail.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WORD_BYTES 42		/* 56 of base64, and 12 around them: below 75, RFC 2047 2 */
#define LINE_BYTES 57		/* 76 of base64, RFC 2045 6.8 */

/* Text of a header: as it is when it is short and ASCII, else encoded words. */
static void put_words(struct text *t, const char *s, bool plain, const char *end)
{
	size_t len = strlen(s), n, one;
	uint32_t cp;

	if (plain && len < 60 && text_is_ascii(s) && !strstr(s, "=?")) {
		text_add(t, s);
		return;
	}
	for (const char *p = s; p < s + len; p += n) {
		/* never half a character in a word */
		for (n = 0; p + n < s + len; n += one) {
			one = text_next(p + n, s + len, &cp);
			if (n + one > WORD_BYTES)
				break;
		}
		if (p > s)
			text_printf(t, "%s ", end);
		text_add(t, "=?UTF-8?B?");
		text_add_base64(t, p, n);
		text_add(t, "?=");
	}
}

/* strftime() would have the names of days in the language of the locale. */
static void put_date(struct text *t, int64_t ms)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	time_t at = (time_t)(ms / 1000);
	char zone[8];
	struct tm tm;

	localtime_r(&at, &tm);
	strftime(zone, sizeof zone, "%z", &tm);
	text_printf(t, "%s, %d %s %d %02d:%02d:%02d %s", days[tm.tm_wday], tm.tm_mday,
	    months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec, zone);
}

static void put_headers(const struct message *m, const struct channel *c, const char *terminal,
    const char *end, struct text *t)
{
	struct text subject = { 0 };

	text_add(t, "From: ");
	put_words(t, terminal, false, end);
	text_printf(t, " <%s>%s", c->from, end);
	text_add(t, "To: ");
	for (size_t i = 0; i < c->to.n; i++) {
		if (i)
			text_printf(t, ",%s ", end);
		text_add(t, c->to.list[i]);
	}
	text_printf(t, "%sSubject: ", end);
	message_subject(m, terminal, &subject);
	put_words(t, subject.s, true, end);
	text_done(&subject);
	text_printf(t, "%sDate: ", end);
	put_date(t, m->at);
	text_printf(t, "%sMessage-ID: <amc.%lld.%lld.%s.%s>%s", end, (long long)m->at,
	    (long long)m->id, c->name, c->from, end);
	text_printf(t, "Auto-Submitted: auto-generated%sX-AMC-Event: %s%s", end, message_event(m),
	    end);
	if (message_severity(m) >= 3)
		text_printf(t, "Importance: high%s", end);
	text_printf(t, "MIME-Version: 1.0%sContent-Type: text/plain; charset=utf-8%s", end, end);
	text_printf(t, "Content-Transfer-Encoding: base64%s%s", end, end);
}

/* In base64 the lines of a text end with CR LF, whatever those around it have. */
static char *with_crlf(const char *s)
{
	struct text t = { 0 };

	for (; *s; s++)
		if (*s == '\n')
			text_add(&t, "\r\n");
		else
			text_add_len(&t, s, 1);
	return text_take(&t);
}

void mail_print(const struct message *m, const struct channel *c, const char *terminal, bool crlf,
    struct text *t)
{
	const char *end = crlf ? "\r\n" : "\n";
	struct text body = { 0 };
	char *text;
	size_t len;

	put_headers(m, c, terminal, end, t);
	message_body(m, terminal, &body);
	text = with_crlf(body.s);
	len = strlen(text);
	for (size_t i = 0; i < len; i += LINE_BYTES) {
		text_add_base64(t, text + i, len - i < LINE_BYTES ? len - i : LINE_BYTES);
		text_add(t, end);
	}
	free(text);
	text_done(&body);
}
