/*
 * A folder of its own for each test of a cmocka program, which is the working folder
 * while the test runs, and gone after it.
 */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include "base/mem.h"

#include <stdlib.h>
#include <unistd.h>

static int make_folder(void **state)
{
	char name[] = "/tmp/amc-test.XXXXXX";

	*state = mkdtemp(name) ? mem_dup(name) : NULL;
	return *state ? chdir(*state) : -1;
}

static int remove_folder(void **state)
{
	char *command = mem_printf("rm -rf %s", (char *)*state);
	int status = chdir("/") || system(command);

	free(command);
	free(*state);
	return status;
}

#endif
