/*
 * csv - tables as text, by RFC 4180: cells parted by commas, rows by line ends,
 * a cell with one of these or a quote in it in quotes.
 *
 * Read with LF or CRLF; where the first row has semicolons or tabs and no comma,
 * as some spreadsheets write, these part the cells. UTF-8, with or without BOM.
 */
#ifndef AMC_BASE_CSV_H
#define AMC_BASE_CSV_H

#include "base/err.h"
#include "base/text.h"

struct csv {
	const char *at, *end;
	long line;		/* that `at` stands in */
	char comma;
};

struct csv_row {		/* { 0 } before the first */
	char **cells;
	size_t n, cap;
	long line;		/* where it begins */
};

/* The bytes stay the caller's. */
void csv_init(struct csv *, const char *bytes, size_t len);
/*
 * The next row that is not empty. False at the end, and with "line N: ..." in
 * err at a fault; err is emptied first.
 */
bool csv_next(struct csv *, struct csv_row *, struct err *);
void csv_done(struct csv_row *);

/* A cell, parted from the one before unless it is the first of its row. */
void csv_put(struct text *, const char *cell, bool first);
void csv_end(struct text *);

#endif
