/* mem - memory that is there or the program is not; see mem.h */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void mem_none(void)
{
	static const char words[] = "amc: out of memory\n";

	if (write(STDERR_FILENO, words, sizeof words - 1) < 0)
		abort();
	abort();
}

static void *must(void *p)
{
	if (!p)
		mem_none();
	return p;
}

bool mem_same(const void *one, const void *other, size_t n)
{
	const unsigned char *a = one, *b = other;
	unsigned char differ = 0;

	for (size_t i = 0; i < n; i++)
		differ |= a[i] ^ b[i];
	return !differ;
}

void *mem_zero(size_t n, size_t size)
{
	return must(calloc(n ? n : 1, size));
}

void *mem_realloc(void *p, size_t n, size_t size)
{
	if (n > SIZE_MAX / size)
		mem_none();
	return must(realloc(p, n ? n * size : 1));
}

char *mem_dup(const char *s)
{
	return must(strdup(s));
}

char *mem_ndup(const char *s, size_t len)
{
	char *p = must(malloc(len + 1));

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *mem_printf(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	return must(n < 0 ? NULL : s);
}

void mem_large_apart(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);	/* naming it keeps it */
#endif
}
