import { getSystemErrorMessage } from "node:util";

/**
 * What the system says of a call that failed, `ENOENT: no such file or directory`, without the call and its path, which
 * the sentence that it ends has named already. Of any other error its own message.
 */
export function systemReason(error: unknown): string {
  const { code, errno, message } = error as NodeJS.ErrnoException;
  return code === undefined || errno === undefined ? message : `${code}: ${getSystemErrorMessage(errno)}`;
}
