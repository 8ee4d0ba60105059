/* distance - how far one word is from another; see distance.h */
#include "base/distance.h"

#include <ctype.h>
#include <string.h>

enum { MOST = 100 };

static int least(int a, int b, int c)
{
	int ab = a < b ? a : b;

	return ab < c ? ab : c;
}

int distance(const char *a, const char *b)
{
	size_t an = strnlen(a, MOST), bn = strnlen(b, MOST);
	int row[MOST + 1];	/* from the first i of a to the first j of b */

	for (size_t j = 0; j <= bn; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= an; i++) {
		int diagonal = row[0];

		row[0] = (int)i;
		for (size_t j = 1; j <= bn; j++) {
			int same = tolower((unsigned char)a[i - 1]) ==
			    tolower((unsigned char)b[j - 1]);
			int next = least(row[j] + 1, row[j - 1] + 1, diagonal + !same);

			diagonal = row[j];
			row[j] = next;
		}
	}
	return row[bn];
}
