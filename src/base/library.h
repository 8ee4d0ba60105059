/*
 * library - a shared library that is loaded when it is first called.
 *
 * Some of the libraries behind our doors bring dozens of others with them, and to load
 * those takes longer than to show the first screen, which needs none of them. Such a
 * door includes the library's headers, and then a header that library.sh makes of the
 * door's own text: the calls in it stay as they are, and the first one loads the library.
 *
 * amcd has them linked in, too: it shall not miss one in the night.
 */
#ifndef AMC_BASE_LIBRARY_H
#define AMC_BASE_LIBRARY_H

#include "base/err.h"

/* Fills the table with the addresses of the names, which a NULL ends. */
bool library_load(const char *file, const char *const *names, void **table, struct err *);
/* The same; without that library the program ends, and tells why. */
void library_need(const char *file, const char *const *names, void **table);

#endif
