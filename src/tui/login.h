/*
 * login - who reads what the control terminals keep: as operator or as viewer, and
 * the password. See app/archive.h for how long it is kept.
 */
#ifndef AMC_TUI_LOGIN_H
#define AMC_TUI_LOGIN_H

#include "tui/view.h"

/* then is called when somebody has logged in, not when the operator leaves the question. */
struct login {
	void (*then)(struct tui *);
	int role;		/* while it is asked */
};

/* Has the site control terminals that keep anything? */
bool login_can(struct tui *, struct err *);
/* Borrowed until then() was called: something static. */
void login_open(struct tui *, struct login *);

#endif
