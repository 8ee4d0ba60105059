/* said-table - the sentences of the event log that said.h recognizes */
#include "app/said.h"
#include "base/i18n.h"

#include <stddef.h>

/*
 * As they stand in the sources that say them: tests/po.sh fails on one that nobody says any
 * more. Those of tables are not repeated here: said.c asks for them.
 */
const char *const said_table[] = {
	/* How a card is reached */
	N_("%s cannot be reached: %s; check the address and the network"),
	N_("%s refuses: nothing listens on UDP port %d; check the address, the port and that "
	    "SNMP is enabled on the card"),
	N_("the message cannot be coded"),
	N_("%s does not answer SNMP %s; check the address, the community and the card's access "
	    "list"),
	N_("%s refuses to be read: check the community, or the user and the level of SNMP v3, "
	    "and the card's access list"),
	N_("%s answers SNMP v3 user \"%s\", but with another authentication password; check it, "
	    "and the authentication protocol"),
	N_("%s does not answer SNMP v3; check the address, that SNMP v3 is enabled on the card, "
	    "and the card's access list"),
	N_("%s speaks SNMP v3, but does not answer user \"%s\"; check the user name, the level, "
	    "passwords and protocols, and the card's access list"),
	N_("%s takes the authentication password of SNMP v3 user \"%s\", but does not answer "
	    "what is encrypted; check the privacy password and the privacy protocol"),
	N_("%s takes the password of SNMP v3 user \"%s\", but does not answer; check the card's "
	    "access list"),
	N_("SNMP v3 needs a user name, as set on the card"),
	N_("the authentication password of SNMP v3 user \"%s\" is wrong (wrongDigests); check "
	    "it, and the authentication protocol"),
	N_("the card cannot decrypt what SNMP v3 user \"%s\" asks (decryptionErrors); check the "
	    "privacy password and the privacy protocol"),
	N_("the card does not have this level for its user \"%s\" (unsupportedSecLevels); check "
	    "the SNMP v3 level, and the user's passwords on the card"),
	N_("the card does not know the engine ID that it gave itself (unknownEngineIDs); "
	    "restart the card's network interface"),
	N_("the card has no SNMP v3 user \"%s\" (unknownUserNames); check the user name: "
	    "capitals and blanks count"),
	N_("the card has nothing to read for SNMP v3 user \"%s\" (unknownContexts); check that "
	    "the user profile is enabled in the card's access control"),
	N_("the card refuses SNMP v3 with report %s"),
	N_("the card says again and again that the question is not in its time window "
	    "(notInTimeWindows); its clock of SNMP v3 does not run: restart the card's network "
	    "interface"),
	N_("the card wants its user \"%s\" to be authenticated (unsupportedSecLevels); check "
	    "the SNMP v3 level"),
	N_("this SNMP v3 level needs the authentication password: 8 characters or more, as set "
	    "on the card"),
	N_("this SNMP v3 level needs the privacy password: 8 characters or more, as set on the "
	    "card"),
	N_("%s: there is no profile %s; auto finds one"),
	N_("%s answers, but gives no readings of a UPS"),
	N_("none"),
	N_("%s answers (sysObjectID %s), but not as %s: set the profile to auto, or check the "
	    "address"),
	N_("%s answers as %s (sysObjectID %s), and that is never read through %s: set the "
	    "profile to %s or auto"),
	N_("%s answers with the sysObjectID %s of %s, but shows no UPS there: check that it is "
	    "a UPS's card and what its access list lets us read"),
	N_("%s answers, but is no UPS that a profile knows (sysObjectID %s)"),
	N_("with the community for writing"),
	N_("has no address"),
	/* What it does not take */
	N_("%s (%s): its profile names another one"),
	N_("%s (%s); is the UPS connected to it, and in a state that allows it?"),
	N_("%s (%s); or somebody is logged in to the card: then only Write+ may. The community "
	    "needs access type Write+, or at least Write"),
	N_("the card answers that there is no such object to write: this cannot be set on it, "
	    "or not with this community"),
	N_("%s; it takes %s"),
	N_("it answers reading, but not writing: the community must have Write or Write+ in the "
	    "card's access list"),
	N_("it was not sent, as the card did not answer any more"),
	N_("no answer came to the writing, nor to the reading back"),
	N_("not sent, as the card does not answer writing"),
	N_("profile %s has no such setting"),
	N_("the card took it, and then did not answer any more"),
	N_("%s is more than an object of SNMP can hold"),
	N_("%s is no OID"),
	N_("%s is no number"),
	N_("cards of profile %s cannot be told to"),
	N_("cards take this only in one of these states: %s; now: %s"),
	N_("the last result is: %s"),
	N_("this UPS has no outlet group %d"),
	N_("%s: this value cannot be sent"),
	N_("%zu objects are too many for a message"),
	N_("not an object identifier: %s"),
	N_("it took it, but still shows the old value after %d s"),
	/* How terminals and receivers of notifications are reached */
	N_("%s: answers, but not with TLS; another program listens there"),
	N_("%s: began to answer, but was not done within %g s"),
	N_("%s: closed the connection before a word was said; is it an amcd, and not too busy?"),
	N_("%s: closed the connection before its answer was complete"),
	N_("%s: connected, but has not answered for %g s"),
	N_("%s: its answer is longer than an amcd's ever is; broken off"),
	N_("%s: no TLS 1.3 connection came about (%s)"),
	N_("%s: no connection within %g s; is it switched on, and is the address right?"),
	N_("%s: no connection: %s"),
	N_("%s: no way there (%s); is it switched on, and is the network up?"),
	N_("%s: shows the key %s, pinned is %s: refused. Either this terminal was installed "
	    "anew, or somebody stands between"),
	N_("%s: speaks TLS, but not HTTP; another program listens there"),
	N_("%s: the machine is there, but nothing listens on this port; is amcd running?"),
	N_("%s: the name was not found within %g s; does the name service work?"),
	N_("%s does not take it: %s"),
	N_("%s: it was not taken within %g s"),
	N_("%s: its certificate is not trusted: %s"),
	N_("%s: no connection within %g s"),
	N_("%s: not a URL without user for %s"),
	N_("%s: what answers is no amcd"),
	N_("%s: the name was not found within %g s"),
	/* Notifications, orders and what amcd refuses */
	N_("a notification was not sent and is given up"),
	N_("notifications are sent again"),
	N_("notifications fail"),
	N_("too many wait"),
	N_("a password is needed"),
	N_("a terminal may not do that; the operator may"),
	N_("a viewer may not do that; the operator may"),
	N_("only a control terminal of this site may do that, and it proves itself with its key"),
	N_("only a terminal of this site may do that, and it proves itself with its key"),
	N_("the password is wrong"),
	N_("too many wrong passwords; try again in %d s"),
	N_("wrong password, failure %u, waits %d s"),
	N_("%s holds another site by now: revision %d, sent by %s from %s at %s"),
	N_("%s holds another site by now: revision %d"),
	N_("%s is just being sent revision %d, by %s from %s since %s; within %d s it counts "
	    "there or is dropped"),
	N_("%s holds no site yet"),
	N_("%s has no such revision any more"),
	N_("%s: nothing of that tag is staged; it may be too late"),
	N_("If-Match is needed: the tag of the site that is to be dropped"),
	N_("If-Match is needed: the tag of the site that is to be replaced"),
	N_("nothing is staged"),
	N_("there is nothing to hand over"),
	N_("there is nothing of that name"),
	N_("only %s can be done with it"),
	N_("no proof that this comes from who holds the site's key"),
	N_("%s: the clocks differ by more than an hour"),
	/* Orders to go down */
	N_("ordered at amc"),
	N_("called off at amc"),
	N_("rehearsed at amc"),
	N_("goes down in %d s: %s"),
	N_("the shutdown that %s ordered is called off: %s"),
	N_("goes down as %s ordered, by %s"),
	N_("does not go down as %s ordered: %s"),
	N_("an order that was kept is not carried out: %s"),
	N_("runs again after it went down as %s ordered"),
	N_("it is going down already, ordered by %s"),
	N_("it is ordered to go down already, by %s; that can be called off"),
	N_("its amcd is just ending: try again"),
	N_("it is not told how to go down: its amcd.conf needs Shutdown = /usr/bin/systemctl "
	    "poweroff -i in [commands]"),
	N_("it is not ordered to go down: there is nothing to call off"),
	N_("called off before it was passed on"),
	N_("called off while it was asked"),
	N_("too late: it began to go down %d s ago"),
	N_("it began %d s ago, and the machine still runs"),
	N_("the machine was started anew before its time came"),
	N_("no amcd ran when its time came"),
	N_("its time cannot be told"),
	N_("%s: not a whole order"),
	N_("%s does not stand in the site that it holds"),
	N_("the site that %s holds is not armed: nothing is switched there until a site that is "
	    "armed is sent to it"),
	N_("the site is not armed any more"),
	N_("amcd.conf has no Shutdown in [commands] any more"),
	N_("%s is no control terminal: servers take orders from those only"),
	N_("%s: no terminal of the site that %s holds is called so"),
	N_("it is not in the site any more"),
	N_("its key is not known: amc trust takes it into the site"),
	N_("its answer is none to an order"),
	N_("%s = %s: a program with its whole path, and its arguments"),
	N_("%s: not a regular file"),
	N_("%s did not end within %g s and was ended: %s"),
	N_("%s was ended by signal %d: %s"),
	N_("%s ended with status %d: %s"),
	N_("it said nothing"),
	/* Traps of SNMP v3 that are not believed */
	N_("the card is asked with another SNMP v3 user"),
	N_("it is less secured than this power device is set up to be asked"),
	N_("another authentication password or protocol"),
	N_("another privacy password or protocol"),
	N_("it is not in its time window: late, or sent once more"),
	NULL
};
