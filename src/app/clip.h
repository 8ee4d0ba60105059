/*
 * clip - the settings of one node, to be given to others of its kind.
 *
 * What belongs to the node alone (its name, address, pin: FIELD_OWN) is left out.
 */
#ifndef AMC_APP_CLIP_H
#define AMC_APP_CLIP_H

#include "app/app.h"
#include "app/diff.h"

struct clip;

struct clip *clip_new(const struct node *);
void clip_free(struct clip *);
/* The name of the node they came from, as it was then. */
const char *clip_name(const struct clip *);
enum kind clip_kind(const struct clip *);

/* Adds what pasting into these n nodes would change; those of another kind not. */
void clip_preview(const struct clip *, const struct app *, const unsigned *nodes,
    size_t n, struct changes *);
/* Does it, as one act; all of it, or nothing and words. */
bool clip_paste(const struct clip *, struct app *, const unsigned *nodes, size_t n,
    struct err *);

#endif
