import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameTemplates } from "./frames.ts";

/** What tsung has to do. */
export interface TsungRun {
  port: number;
  clients: number;
  intervalMs: number;
  rampMs: number;
  tag: string;
}

/**
 * Writes tsung's configuration and the compiled module that makes the packets: requests of raw TCP are texts in the
 * configuration, which cannot hold binary packets, so each is made by a function.
 * @param folder where everything is written
 * @returns the arguments of tsung
 */
export function prepareTsung(run: TsungRun, templates: FrameTemplates, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const users = join(folder, "users.csv");
  writeFileSync(users, `${Array.from({ length: run.clients }, (_, n) => n).join("\n")}\n`);
  writeFileSync(join(folder, "cim.erl"), erlangModule(templates, run.tag));
  execFileSync("erlc", ["-o", folder, join(folder, "cim.erl")]);
  const configuration = join(folder, "tsung.xml");
  writeFileSync(configuration, configurationOf(run, users));
  return ["-f", configuration, "-l", join(folder, "log"), "-X", folder, "start"];
}

function configurationOf({ port, clients, intervalMs, rampMs }: TsungRun, users: string): string {
  const perSecond = Math.ceil(clients / (rampMs / 1000));
  return `<?xml version="1.0"?>
<!DOCTYPE tsung SYSTEM "/usr/share/tsung/tsung-1.0.dtd">
<tsung loglevel="notice" version="1.0">
  <clients><client host="localhost" maxusers="20000" use_controller_vm="true"/></clients>
  <servers><server host="127.0.0.1" port="${port}" type="tcp"/></servers>
  <load>
    <arrivalphase phase="1" duration="10" unit="minute">
      <users maxnumber="${clients}" arrivalrate="${perSecond}" unit="second"/>
    </arrivalphase>
  </load>
  <options><option name="file_server" id="users" value="${users}"/></options>
  <sessions>
    <session probability="100" name="chat" type="ts_raw">
      <setdynvars sourcetype="file" fileid="users" delimiter=";" order="iter"><var name="n"/></setdynvars>
      <request subst="true"><raw data="%%cim:login%%" ack="local"/></request>
      <for from="1" to="1000000" var="i">
        <thinktime value="${intervalMs / 1000}" random="true"/>
        <request subst="true"><raw data="%%cim:message%%" ack="local"/></request>
      </for>
    </session>
  </sessions>
</tsung>
`;
}

function erlangModule(templates: FrameTemplates, tag: string): string {
  const { login, message, loginUser, loginToken, from, to, clientMsgId, firstUser } = templates;
  return `-module(cim).
-export([login/1, message/1]).

login({_Pid, DynVars}) ->
    User = ${firstUser} + number(DynVars),
    binary_to_list(put_at(${loginToken}, list_to_binary(io_lib:format("~5..0B", [User])),
                          put_at(${loginUser}, varint(User), ${binaryLiteral(login)}))).

message({_Pid, DynVars}) ->
    N = number(DynVars),
    Count = case get(cim_count) of undefined -> 1; Before -> Before + 1 end,
    put(cim_count, Count),
    Id = list_to_binary(string:right(lists:concat(["${tag}-", N, "-", Count]), 36, $0)),
    Sequence = Count rem 65535 + 1,
    Packet = put_at(${to}, varint(${firstUser} + (N bxor 1)), put_at(${from}, varint(${firstUser} + N), ${binaryLiteral(message)})),
    binary_to_list(put_at(12, <<Sequence:16>>, put_at(${clientMsgId}, Id, Packet))).

number(DynVars) ->
    {ok, Text} = ts_dynvars:lookup(n, DynVars),
    binary_to_integer(iolist_to_binary(Text)).

varint(Value) -> <<1:1, (Value band 127):7, (Value bsr 7):8>>.

put_at(At, New, Packet) ->
    Size = byte_size(New),
    <<Before:At/binary, _:Size/binary, After/binary>> = Packet,
    <<Before/binary, New/binary, After/binary>>.
`;
}

function binaryLiteral(hex: string): string {
  return `<<${[...Buffer.from(hex, "hex")].join(",")}>>`;
}
