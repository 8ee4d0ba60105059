/*
 * exchanging - what the formats of exchange share. Nobody else includes it.
 */
#ifndef AMC_STORE_EXCHANGING_H
#define AMC_STORE_EXCHANGING_H

#include "store/exchange.h"

/* Is this setting of a node told by a document of the whole site? */
bool exchange_tells(const struct exchange_out *, const struct node *,
    const struct field *);

/* A whole site that is being made from a document. */
struct building {
	const struct exchange_in *in;
	struct site *out;
	unsigned next[KIND_COUNT];	/* the number of a node that names none */
	bool secrets;			/* the document has them */
};

void building_start(struct building *, const struct exchange_in *, bool secrets);
/* Of an id that stands in the document, before nodes without one get theirs. */
void building_reserve(struct building *, const char *id);
/*
 * A new node. id "Ups3", or NULL: that of the node of this name in the site as
 * it is, or else the next. NULL and words.
 */
struct node *building_add(struct building *, struct node *parent, enum container,
    enum kind, const char *id, const char *name, struct err *);
/* A setting by its key. */
bool building_set(struct building *, struct node *, const char *key,
    const char *value, struct err *);
/* The site, with the secrets that a document without them leaves. */
struct site *building_end(struct building *);

/* The formats. Readers return NULL and words. */
void exchange_print_xml(const struct site *, const struct exchange_out *,
    struct text *);
void exchange_print_json(const struct site *, const struct exchange_out *,
    struct text *);
void exchange_print_csv(const struct site *, const struct exchange_out *,
    struct text *);
void exchange_print_nut(const struct site *, const struct exchange_out *,
    struct text *, struct text *notes);
struct site *exchange_read_xml(const struct exchange_in *, struct err *);
struct site *exchange_read_json(const struct exchange_in *, struct err *);
struct site *exchange_read_csv(const struct exchange_in *, struct err *);
struct site *exchange_read_nut(const struct exchange_in *, struct err *);

#endif
