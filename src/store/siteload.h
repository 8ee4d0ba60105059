/*
 * siteload - from the sections of a document to the tree of a site.
 *
 * A part of sitefile.
 */
#ifndef AMC_STORE_SITELOAD_H
#define AMC_STORE_SITELOAD_H

#include "model/rules.h"
#include "store/ini.h"

struct site_load {
	struct findings *findings;	/* never NULL */
	struct site *site;
	bool faulty;			/* something that forbids saving */
};

/* An ini_fault for the parsing of the document; arg is a struct site_load. */
void siteload_fault(void *arg, long line, const char *words);

/* Fills the (new) site; each section's tag becomes the id of its node. */
void siteload_run(struct site_load *, struct ini *);

/* "Ups12" -> KIND_UPS, 12; number 0 when it is none of ours. */
enum kind siteload_kind(const char *title, size_t len, unsigned *number);

/* "Group3.PowerDevices" -> the node and the container, or NULL. */
struct node *siteload_parent(const struct site *, const char *text,
    enum container *);

#endif
