/** Cases that a degenerate server passes, with the reason why that is in order. Patterns may end in `*`. */
export type AllowedPasses = Readonly<Record<string, string>>;

const answersLogins = "the server does answer logins with success, and no more is asked";
const framesWell = "the server does cut and number packets properly, and no more is asked";

/** The HTTP API beside every degenerate server says yes to everything, so that cases get as far as they can. */
const apiSaysYes: AllowedPasses = {
  "HTTP-02/any-json": "the API does accept the registration, and no more is asked",
  "HTTP-04/five-and-thirty-two": "the API does accept the registration, and no more is asked",
};

const loginsSucceed: AllowedPasses = {
  "LOGIN-01/password": answersLogins,
  "LOGIN-01/token": answersLogins,
  "LOGIN-02/password-success": answersLogins,
  "LOGIN-03/time-on-success": answersLogins,
  "LOGIN-13/token-nickname": "the nickname that was sent comes back, as it does from upstream",
  "LOGIN-14/other-fields-empty": answersLogins,
  "LOGIN-16/within-three-seconds": answersLogins,
  "CONN-01/silent-until-first-packet": framesWell,
  "CONN-05/empty-body-handled": framesWell,
  "CONN-07/before-login*": answersLogins,
  "CONN-06/length-*-closes": "the server does close on a length that cannot be",
  "CONN-14/undecodable-login-ignored": framesWell,
};

/** By degenerate server. */
export const allowedPasses: Readonly<Record<string, AllowedPasses>> = {
  silent: apiSaysYes,
  closing: apiSaysYes,
  echoing: apiSaysYes,
  "random-frames": apiSaysYes,
  "empty-answers": {
    ...apiSaysYes,
    "CONN-01/silent-until-first-packet": framesWell,
    "CONN-05/empty-body-handled": framesWell,
    "LOGIN-16/within-three-seconds": "the server does answer in time, with a refusal",
  },
  "always-success": {
    ...apiSaysYes,
    ...loginsSucceed,
    "LOGIN-01/any-client-type": "it does log everybody in and serve them, and no more is asked",
    "LOGIN-17/*": "an answer without content reveals and changes nothing of the other user",
    "SESS-12/empty-list": "the list is empty, as it should be",
    "GROUP-20/empty-info": "an empty list is legal",
    "CONN-17/other-text-is-data": "the server does take any text and goes on, and no more is asked",
    "ROBOT-07/not-in-the-way": "the server does answer in time, and no more is asked",
    "CONN-22/*": "the server does keep connections open, and no more is asked",
    "CONN-16/answered-before-a-logout": "the server does answer both, in order, and no more is asked",
    "CONN-16/answered-before-a-bad-length": "the server does answer what came before, and no more is asked",
    "CONN-17/large-beside-large": "the server does go on with both, and no more is asked",
    "*/open-a-moment-later": "the connection does stay open, and no more is asked",
    "HTTP-01/register": "registration and login do succeed, and no more is asked",
    "CONN-03/hundreds-in-one-segment": framesWell,
    "CONN-03/in-one-segment*": framesWell,
    "CONN-04/*": framesWell,
    "CONN-05/empty-body-keeps-the-stream": framesWell,
    "CONN-07/*-accepted": framesWell,
    "CONN-09/*": framesWell,
    "CONN-10/*": framesWell,
    "CONN-13/unknown-command-ignored": framesWell,
    "CONN-16/answers-in-order": framesWell,
    "LOGIN-10/logged-in-stays": "the server does keep connections open",
    "HB-01/*": "the server does answer heartbeats",
    "HB-02/heartbeats-keep-open": "the server does keep connections open",
    "HB-04/intervals-in-the-field": "the server does keep connections open",
    "LOGOUT-01/answered": "the server does answer a logout, and no more is asked",
    "LOGOUT-01/any-client-type": "the server does answer every logout, and no more is asked",
    "MSG-01/client-form-accepted": "the server does acknowledge every message, and no more is asked",
    "MSG-01/in-either-kind*": "the server does acknowledge every message, and no more is asked",
    "MSG-03/acknowledged-without-receiver": "the server does acknowledge every message, and no more is asked",
    "MSG-05/ids-grow-in-both-directions": "the server does count upwards",
    "MSG-05/in-either-kind*": "the server does count upwards",
    "MSG-05/no-id-twice-under-concurrency": "the server does count upwards",
    "MSG-19/receiver-unknown": "the server does acknowledge every message, and no more is asked",
    "SESS-12/answered-without-sessions": "the list is empty, as it should be",
    "HIST-01/echo": "the server does echo, and no more is asked",
    "HIST-01/in-either-kind*": "the server does echo, and no more is asked",
    "HIST-12/*": "an empty answer is legal",
  },
  resetting: {
    ...apiSaysYes,
    ...loginsSucceed,
    "HTTP-01/register": "registration and login do succeed, and no more is asked",
  },
  slow: {
    "HTTP-*": "no rule bounds how long the API may take, and what it says is right",
  },
};
