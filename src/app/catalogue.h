/*
 * catalogue - the card profiles that there are: those in the program, those of
 * /etc/amc/profiles, and those of the folder that --profiles names. Of the same
 * id the last counts.
 */
#ifndef AMC_APP_CATALOGUE_H
#define AMC_APP_CATALOGUE_H

#include "app/app.h"

/* All is borrowed from the app, and valid as long as it is. */
struct family {
	const char *id, *name;
	const char *file;		/* NULL: it is in the program */
	int rank;			/* they come in the order of it */
	bool exclusive;
	const char *const *sysoids, *const *probes;
	size_t n_sysoids, n_probes;
	const char *const *cautions;	/* what an operator should know: tr() them */
	size_t n_cautions;
	size_t n_readings, n_settings, n_commands;
};

/* False behind the last. */
bool catalogue_at(const struct app *, size_t i, struct family *);
bool catalogue_find(const struct app *, const char *id, struct family *);

/* Where a family's cards have a reading or a setting. */
struct family_place {
	const char *what;		/* "input-voltage", or the setting's key */
	const char *label, *unit;	/* label: N_(); unit may be NULL */
	const char *const *oids;	/* more than one: of the lines of three phases */
	size_t n;
	double scale;			/* the card's number times this is in unit */
};

/* i < n_readings: the alternatives of a reading follow each other, the best first. */
struct family_place catalogue_reading(const struct app *, const char *id, size_t i);
struct family_place catalogue_setting(const struct app *, const char *id, size_t i);

/* The word of a command that its cards take (model/command.h). */
const char *catalogue_command(const struct app *, const char *id, size_t i);

/*
 * For app.c. dir may be NULL. NULL and FILE:LINE: words when one is wrong: what is
 * in folders is read at once; the profiles in the program, which the tests hold to
 * be right and which were a fifth of the work until the first screen, are read when
 * the first is asked for.
 */
struct catalogue *catalogue_new(const char *dir, struct err *);
void catalogue_free(struct catalogue *);	/* takes NULL */
/* All profiles, for what talks to cards; the app's. */
struct profiles;
struct profiles *catalogue_profiles(const struct app *);
/* Are the files in the folders others than those that were read, or is dir another? */
bool catalogue_is_stale(const struct app *, const char *dir);
/*
 * Reads all anew; what was borrowed is gone, so nobody may be asking cards. When one
 * is wrong those that were read stay: ask catalogue_check() before.
 */
void catalogue_reload(struct app *, const char *dir);
/* Are they all right? */
bool catalogue_check(const char *dir, struct err *);

#endif
