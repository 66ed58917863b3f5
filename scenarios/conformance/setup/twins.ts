import { type CaseContext, NotApplicable, type Peer, type TestUser } from "../../../harness/runner/index.ts";
import { createGroup } from "./groups.ts";

/** How many groups are made at most to reach the number of a user. */
const TRIES = 400;

/** A group and a user with the same number. The user is no member. */
export interface Twins {
  readonly group: bigint;
  readonly user: TestUser;
}

/**
 * Finds a user and makes a group with the same number. Nobody can choose numbers, but both are counted: an account with
 * the group's number may be listed, or whichever count is behind goes on until both meet.
 */
export async function makeTwins(t: CaseContext, owner: Peer): Promise<Twins> {
  const { withId } = t.around.accounts;
  if (withId) {
    for (let attempt = 0; attempt < 5; attempt++) {
      const group = await createGroup(t, owner, []);
      const user = withId(group);
      if (user) return { group, user };
    }
  }
  let user = await t.user();
  let group = await createGroup(t, owner, []);
  for (let attempt = 0; attempt < TRIES && group !== user.user_id; attempt++) {
    const distance = group > user.user_id ? group - user.user_id : user.user_id - group;
    if (distance > BigInt(TRIES - attempt)) {
      throw new NotApplicable(`users and groups are numbered too far apart here (${user.user_id} and ${group})`);
    }
    if (group > user.user_id) user = await t.user();
    else group = await createGroup(t, owner, []);
  }
  if (group === user.user_id) return { group, user };
  throw new NotApplicable("no group came to have the number of a user");
}
