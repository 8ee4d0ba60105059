/* cage - a test that can do no harm; see cage.h */
#include "cage.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

bool cage_network(void)
{
	return unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
}

static bool allow(int rules, const char *path, __u64 access)
{
	struct landlock_path_beneath_attr below = { .allowed_access = access,
		.parent_fd = open(path, O_PATH | O_CLOEXEC) };
	bool ok = below.parent_fd >= 0 && syscall(SYS_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;

	close(below.parent_fd);
	return ok;
}

bool cage_folder(const char *dir)
{
	const __u64 change = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
	    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
	    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
	struct landlock_ruleset_attr all = { .handled_access_fs = change };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	/* terminals and /dev/null */
	bool ok = rules >= 0 && allow(rules, dir, change) &&
	    allow(rules, "/dev", LANDLOCK_ACCESS_FS_WRITE_FILE) &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    syscall(SYS_landlock_restrict_self, rules, 0) == 0;

	if (rules >= 0)
		close(rules);
	return ok;
}
