/*
 * replay - a card that was recorded, answering as it did then.
 *
 * The file is a .snmprec: a line OID|TYPE|VALUE for each object, TYPE the
 * number of the ASN.1 tag with an x behind it when VALUE is hexadecimal. Lines
 * may stand in any order. Nothing in it can be written.
 */
#ifndef AMC_SIM_REPLAY_H
#define AMC_SIM_REPLAY_H

#include "base/err.h"
#include "sim/object.h"

struct replay;

/* NULL and words, with file and line, when it cannot be read. */
struct replay *replay_read(const char *path, struct err *);
void replay_free(struct replay *);

/* What it holds; valid as long as the replay. */
void replay_objects(struct objects *, struct replay *);

#endif
