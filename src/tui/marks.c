#include "tui/marks.h"

#include "base/mem.h"

#include <stdlib.h>

void marks_done(struct marks *m)
{
	for (int s = 0; s < SEVERITY_NOTE; s++)
		free(m->at[s]);
	*m = (struct marks){ 0 };
}

static int by_position(const void *x, const void *y)
{
	const int *a = x, *b = y;

	return *a - *b;
}

/* Findings come in tree order, those from facts again from its top. */
static void order(int *at, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (at[i] < at[i - 1]) {
			qsort(at, n, sizeof *at, by_position);
			return;
		}
}

void marks_update(struct marks *m, const struct rows *r, const struct findings *found,
    unsigned long findings_no)
{
	if (m->rows == r->changes && m->findings == findings_no)
		return;
	m->rows = r->changes;
	m->findings = findings_no;
	for (int s = 0; s < SEVERITY_NOTE; s++)
		m->n[s] = 0;
	for (size_t i = 0; i < found->n; i++) {
		enum severity s = found->list[i].severity;
		int at = s < SEVERITY_NOTE ? rows_at(r, found->list[i].node) : -1;

		if (at < 0)
			continue;
		mem_grow(m->at[s], m->n[s], m->cap[s]);
		m->at[s][m->n[s]++] = at;
	}
	for (int s = 0; s < SEVERITY_NOTE; s++)
		order(m->at[s], m->n[s]);
}

bool marks_worst(const struct marks *m, int from, int end, enum severity *worst)
{
	for (int s = 0; s < SEVERITY_NOTE; s++) {
		size_t low = 0, high = m->n[s];

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (m->at[s][middle] < from)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < m->n[s] && m->at[s][low] < end) {
			*worst = (enum severity)s;
			return true;
		}
	}
	return false;
}
