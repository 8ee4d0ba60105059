/*
 * sitefile - a site and the ac_e_net.ini it came from (man 5 ac_e_net.ini).
 *
 * Reading never changes anything: what cannot be understood is told with its
 * line, kept in the document to the byte, and all the rest is in the site.
 * Saving writes what changed in the site into the document's own lines.
 */
#ifndef AMC_STORE_SITEFILE_H
#define AMC_STORE_SITEFILE_H

#include "model/rules.h"

/* No file may be longer: some 200,000 nodes. */
#define SITEFILE_MAX (64 * 1024 * 1024)

struct sitefile;

/*
 * Reads a file. Its faults, if any, are added to findings (may be NULL) with
 * their lines; NULL and words only when there is nothing to show (unreadable,
 * too long).
 */
struct sitefile *sitefile_read(const char *path, struct findings *, struct err *);
/* From bytes, which are taken over; name is only for words. */
struct sitefile *sitefile_parse(const char *name, char *bytes, size_t len,
    struct findings *);
/* An empty site with a new key, that path will hold when it is saved. */
struct sitefile *sitefile_new(const char *path);
void sitefile_free(struct sitefile *);

const char *sitefile_path(const struct sitefile *);
struct site *sitefile_site(const struct sitefile *);
/* Are there faults in it that forbid saving? */
bool sitefile_faulty(const struct sitefile *);
/* The line of a node or of one of its fields as the file was read; 0 if none. */
long sitefile_line(const struct sitefile *, unsigned node, const struct field *);

/*
 * The document with all that changed in the site, yours to free. NULL and
 * words when a text cannot be written.
 */
char *sitefile_print(struct sitefile *, size_t *len, struct err *);

/*
 * The same as if the site were `wanted`, which is taken over: comments, order
 * and unknown keys stay those of the document.
 */
char *sitefile_print_as(struct sitefile *, struct site *wanted, size_t *len,
    struct err *);

/*
 * Another document with its site, to take the place of a file's own as one edit
 * that is not saved yet. NULL when the bytes have faults (ERR_SITE, added to
 * findings).
 */
struct sitefile_content;
struct sitefile_content *sitefile_content(const struct sitefile *, const char *bytes,
    size_t len, struct findings *, struct err *);
void sitefile_content_free(struct sitefile_content *);	/* takes NULL */
/*
 * Each takes the other's place; once more, and all is as it was. Revision, Saved
 * and SavedBy stay with the file, and what is on the disk is still what was read.
 */
void sitefile_swap(struct sitefile *, struct sitefile_content *);
/* The next save is of a later revision than this one, which another file has. */
void sitefile_surpass(struct sitefile *, int revision);

/* The bytes as they were read or saved; until it is packed. */
const char *sitefile_original(const struct sitefile *, size_t *len);
/* A number that no other such bytes have had since the program began; never 0. */
unsigned sitefile_edition(const struct sitefile *);
/* Nobody will look at its text for a while: it takes a fifth till then. */
void sitefile_pack(struct sitefile *);

/* Is there another file in its place than the one that was read? */
bool sitefile_changed_underneath(const struct sitefile *, struct err *);

/* The same by the file's date and size only: cheap enough for now and then. */
bool sitefile_looks_changed(const struct sitefile *);

/*
 * Writes it, if there is something to write: Revision + 1, Saved, SavedBy; the
 * file that is replaced goes into the history. Nothing is written when what
 * would be written has faults (ERR_SITE, added to findings), when the file
 * changed underneath or somebody else saves it (ERR_REFUSED).
 */
bool sitefile_save(struct sitefile *, struct findings *, struct err *);

/*
 * Writes it as another file, which is the open one from then on; mode 0600. One
 * that is there is refused, or with overwrite goes into its own history. The
 * history of the old path stays there.
 */
bool sitefile_save_as(struct sitefile *, const char *path, bool overwrite,
    struct findings *, struct err *);

/*
 * Puts bytes that were checked into path's place: with history, as saving does.
 * For amcd, which takes a site as it was sent.
 */
bool sitefile_put(const char *path, const char *bytes, size_t len, struct err *);

#endif
