/*
 * The least that asking many cards can cost: one message, coded once, to all of
 * them from one socket, in batches; of the answers the numbers are taken out.
 */
#include "sweep.h"

#include <poll.h>
#include <sys/socket.h>

enum { BATCH = 64, ROOM = 2048 };

static unsigned char question[ROOM], names[OBJECTS][64];
static size_t question_len, name_len[OBJECTS];
static int32_t values[CARDS][OBJECTS];
static bool answered[CARDS];
static int fd;

/* Long lengths always take two bytes: legal, and simple. */
static unsigned char *put(unsigned char *p, int type, const void *bytes, size_t len)
{
	*p++ = (unsigned char)type;
	if (len > 127) {
		*p++ = 0x82;
		*p++ = (unsigned char)(len >> 8);
	}
	*p++ = (unsigned char)len;
	memmove(p, bytes, len);
	return p + len;
}

static size_t code_name(unsigned char *to, const char *text)
{
	unsigned char *p = to;
	unsigned long n;
	char *end;

	for (int i = 0; *text; i++, text = *end ? end + 1 : end) {
		n = strtoul(text, &end, 10);
		if (i == 0) {
			*p++ = (unsigned char)(n * 40);
			continue;
		}
		if (i == 1) {
			p[-1] = (unsigned char)(p[-1] + n);
			continue;
		}
		for (int shift = 28; shift > 0; shift -= 7)
			if (n >> shift)
				*p++ = (unsigned char)(0x80 | (n >> shift & 0x7f));
		*p++ = (unsigned char)(n & 0x7f);
	}
	return (size_t)(p - to);
}

static void code_question(void)
{
	static const unsigned char head[] = { 2, 4, 0x12, 0x34, 0x56, 0x78, 2, 1, 0, 2, 1, 0 };
	unsigned char list[ROOM], one[80], pdu[ROOM], message[ROOM], *p = list, *q;
	size_t len;

	for (int i = 0; i < job.n_objects; i++) {
		name_len[i] = code_name(names[i], job.objects[i]);
		q = put(one, 6, names[i], name_len[i]);
		q = put(q, 5, "", 0);
		p = put(p, 0x30, one, (size_t)(q - one));
	}
	len = (size_t)(p - list);
	memcpy(pdu, head, sizeof head);
	p = put(pdu + sizeof head, 0x30, list, len);
	len = (size_t)(p - pdu);
	memcpy(message, "\x02\x01\x01\x04\x06public", 11);
	p = put(message + 11, 0xa0, pdu, len);
	p = put(question, 0x30, message, (size_t)(p - message));
	question_len = (size_t)(p - question);
}

/* The contents; what follows them is *p + *len. NULL at the end. */
static const unsigned char *open_tlv(const unsigned char *p, const unsigned char *end,
    int type, size_t *len)
{
	int n;

	if (end - p < 2 || (type && *p != type))
		return NULL;
	p++;
	*len = *p++;
	if (*len & 0x80)
		for (n = *len & 0x7f, *len = 0; n > 0 && p < end; n--)
			*len = *len << 8 | *p++;
	return *len <= (size_t)(end - p) ? p : NULL;
}

static bool decode(const unsigned char *p, size_t size, int32_t *to)
{
	const unsigned char *end = p + size;
	size_t len;

	if (!(p = open_tlv(p, end, 0x30, &len)) || !(p = open_tlv(p, end, 2, &len)) ||
	    !(p = open_tlv(p + len, end, 4, &len)) || !(p = open_tlv(p + len, end, 0xa2, &len)))
		return false;
	for (int i = 0; i < 3; i++, p += len)
		if (!(p = open_tlv(p, end, 2, &len)))
			return false;
	if (!(p = open_tlv(p, end, 0x30, &len)))
		return false;
	for (int i = 0; i < job.n_objects; i++, p += len) {
		if (!(p = open_tlv(p, end, 0x30, &len)) || !(p = open_tlv(p, end, 6, &len)) ||
		    len != name_len[i] || memcmp(p, names[i], len) ||
		    !(p = open_tlv(p + len, end, 0, &len)))
			return false;
		to[i] = 0;
		for (size_t k = 0; k < len; k++)
			to[i] = (int32_t)((uint32_t)to[i] << 8 | p[k]);
	}
	return true;
}

/* Addresses are looked up by their place, as in a table that is filled once. */
static int card_at(const struct sockaddr_in *a)
{
	static int table[1 << 16];

	if (!table[0]) {
		table[0] = -1;
		for (int i = 0; i < job.n; i++)
			table[(ntohl(job.cards[i].sin_addr.s_addr) + job.cards[i].sin_port) & 0xffff] = i + 1;
	}
	return table[(ntohl(a->sin_addr.s_addr) + a->sin_port) & 0xffff] - 1;
}

static int receive(void)
{
	static unsigned char room[BATCH][ROOM];
	static struct sockaddr_in from[BATCH];
	struct mmsghdr m[BATCH] = { 0 };
	struct iovec v[BATCH];
	int n, got = 0;

	do {
		for (int i = 0; i < BATCH; i++) {
			v[i] = (struct iovec){ room[i], ROOM };
			m[i].msg_hdr = (struct msghdr){ .msg_name = &from[i],
				.msg_namelen = sizeof from[i], .msg_iov = &v[i], .msg_iovlen = 1 };
		}
		n = recvmmsg(fd, m, BATCH, MSG_DONTWAIT, NULL);
		for (int i = 0; i < n; i++) {
			int c = card_at(&from[i]);

			if (c >= 0 && !answered[c] && decode(room[i], m[i].msg_len, values[c])) {
				answered[c] = true;
				got++;
			}
		}
	} while (n == BATCH);
	return got;
}

static int send_to(const int *cards, int n)
{
	struct iovec v = { question, question_len };
	struct mmsghdr m[BATCH] = { 0 };

	for (int i = 0; i < n; i++)
		m[i].msg_hdr = (struct msghdr){ .msg_name = &job.cards[cards[i]],
			.msg_namelen = sizeof job.cards[0], .msg_iov = &v, .msg_iovlen = 1 };
	n = sendmmsg(fd, m, (unsigned)n, 0);
	return n > 0 ? n : 1;
}

/* Asks all that have not answered, and waits; how many did. */
static int ask(double *last)
{
	static int todo[CARDS];
	int n = 0, sent = 0, got = 0, more;
	double end = 0;

	for (int i = 0; i < job.n; i++)
		if (!answered[i])
			todo[n++] = i;
	while (got < n) {
		if (sent < n) {
			sent += send_to(todo + sent, n - sent < BATCH ? n - sent : BATCH);
			end = now_ms() + WAIT_MS;
		} else {
			struct pollfd p = { fd, POLLIN, 0 };
			int ms = (int)(end - now_ms());

			if (ms <= 0 || poll(&p, 1, ms) <= 0)
				break;
		}
		more = receive();
		if (more)
			*last = now_ms();
		got += more;
	}
	return got;
}

int main(int argc, char **argv)
{
	long kb = own_kb(), total = 0;
	int size = 4 << 20;

	if (!read_job(argc, argv))
		return 2;
	code_question();
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	for (int s = 0; s < job.sweeps; s++) {
		double begin = now_ms(), used = cpu_ms(), last = begin;

		memset(answered, 0, sizeof answered);
		for (int t = 0, got = 0; t < TRIES && got < job.n; t++) {
			int more = ask(&last);

			got += more;
			total += more;
		}
		note(s, begin, last, used);
	}
	report("raw", own_kb() - kb, total);
	return 0;
}
