import type { Mutant } from "../mutant.ts";
import { anyMemberMayDisband } from "./any-member-may-disband.ts";
import { anyMemberMayKick } from "./any-member-may-kick.ts";
import { anyoneMayInvite } from "./anyone-may-invite.ts";
import { creationNotAnnounced } from "./creation-not-announced.ts";
import { creatorIsNoMember } from "./creator-is-no-member.ts";
import { creatorWithoutSession } from "./creator-without-session.ts";
import { disbandedGroupStillShown } from "./disbanded-group-still-shown.ts";
import { disbandingNotAnnounced } from "./disbanding-not-announced.ts";
import { emptyInvitationCloses } from "./empty-invitation-closes.ts";
import { emptyKickCloses } from "./empty-kick-closes.ts";
import { formerMemberMaySend } from "./former-member-may-send.ts";
import { formerMembersGetMessages } from "./former-members-get-messages.ts";
import { groupOfOneRefused } from "./group-of-one-refused.ts";
import { infoWithoutOwner } from "./info-without-owner.ts";
import { invitationToNothingSucceeds } from "./invitation-to-nothing-succeeds.ts";
import { invitedNotTold } from "./invited-not-told.ts";
import { kickAnsweredAsInvite } from "./kick-answered-as-invite.ts";
import { kickedNotTold } from "./kicked-not-told.ts";
import { leavingNotAnnounced } from "./leaving-not-announced.ts";
import { limitWithoutTheOwner } from "./limit-without-the-owner.ts";
import { memberAgainIsAnError } from "./member-again-is-an-error.ts";
import { membersInOtherOrder } from "./members-in-other-order.ts";
import { membersShownToStrangers } from "./members-shown-to-strangers.ts";
import { nameLimitInBytes } from "./name-limit-in-bytes.ts";
import { namelessGroupStaysNameless } from "./nameless-group-stays-nameless.ts";
import { ownGroupsOnlyListed } from "./own-groups-only-listed.ts";
import { ownerExitLeavesGroupOwnerless } from "./owner-exit-leaves-group-ownerless.ts";
import { ownerMayBeKicked } from "./owner-may-be-kicked.ts";
import { repeatedMembersCounted } from "./repeated-members-counted.ts";
import { strangerMayExit } from "./stranger-may-exit.ts";
import { strangersMaySend } from "./strangers-may-send.ts";
import { unknownGroupFailsAll } from "./unknown-group-fails-all.ts";
import { unknownMembersRefused } from "./unknown-members-refused.ts";

/** Mutants of section GROUP: groups. */
export const groupMutants: readonly Mutant[] = [
  anyMemberMayDisband,
  anyMemberMayKick,
  anyoneMayInvite,
  creationNotAnnounced,
  creatorIsNoMember,
  creatorWithoutSession,
  disbandedGroupStillShown,
  disbandingNotAnnounced,
  emptyInvitationCloses,
  emptyKickCloses,
  formerMemberMaySend,
  formerMembersGetMessages,
  groupOfOneRefused,
  infoWithoutOwner,
  invitationToNothingSucceeds,
  invitedNotTold,
  kickAnsweredAsInvite,
  kickedNotTold,
  leavingNotAnnounced,
  limitWithoutTheOwner,
  memberAgainIsAnError,
  membersInOtherOrder,
  membersShownToStrangers,
  nameLimitInBytes,
  namelessGroupStaysNameless,
  ownGroupsOnlyListed,
  ownerExitLeavesGroupOwnerless,
  ownerMayBeKicked,
  repeatedMembersCounted,
  strangerMayExit,
  strangersMaySend,
  unknownGroupFailsAll,
  unknownMembersRefused,
];
