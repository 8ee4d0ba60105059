/*
 * fielding - how the tables of fields say where a record has a value; see record.h.
 * The files record-*.c alone include it, after naming their RECORD and SETTINGS.
 */
#ifndef AMC_MODEL_FIELDING_H
#define AMC_MODEL_FIELDING_H

#include "base/i18n.h"
#include "model/record.h"

/* Of this record alone, and in what it may share with others. */
#define OWN(member) .own = true, .offset = offsetof(RECORD, member)
#define SET(member) .offset = offsetof(SETTINGS, member)

extern const struct choice record_yes_no[];

#endif
