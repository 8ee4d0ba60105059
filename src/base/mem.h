/*
 * mem - memory that is there or the program is not.
 *
 * Out of memory is not an error but the end: these never return NULL. What
 * they return is freed with free().
 */
#ifndef AMC_BASE_MEM_H
#define AMC_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* n * size bytes of zeros. */
void *mem_zero(size_t n, size_t size);
#define mem_new(type) ((type *)mem_zero(1, sizeof(type)))

void *mem_realloc(void *, size_t n, size_t size);
char *mem_dup(const char *);
char *mem_ndup(const char *, size_t len);
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/*
 * Are they alike? It takes as long wherever they differ, so that nobody who sends many and
 * measures comes nearer to one that he does not know: for whatever proves something.
 */
bool mem_same(const void *, const void *, size_t n);
/* The end, with words: for those to whom a library says that it got none. */
_Noreturn void mem_none(void);

/*
 * For programs that stay, once at the start. What is large has pages of its own, which
 * go back to the system when it is freed. glibc would give up that once something large
 * was freed, and leave holes where arrays have grown: 10 % with a large site.
 */
void mem_large_apart(void);

/*
 * Room for one more in a growing array: mem_grow(a, n, cap) with a the array,
 * n how many there are and cap how many fit.
 */
#define mem_grow(a, n, cap) \
	((n) < (cap) ? (void)0 : (void)((cap) = (cap) ? (cap) * 2 : 8, \
	(a) = mem_realloc((a), (cap), sizeof *(a))))

#endif
