import { randomInt } from "node:crypto";
import { CIMErrorCode } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { HttpAnswer, HttpHandler } from "./handler.ts";

const FAMILY_NAMES = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严",
];
const GIVEN_NAMES = [
  ..."安柏川晨初丹冬恩帆枫歌光海涵皓禾恒弘华嘉健江杰洁金景静君俊凯可兰乐磊丽亮林琳凌明铭宁平琪清晴秋然荣瑞若森山松涛彤微文希夏心欣星轩雪雅妍阳逸颖勇宇雨元悦云泽哲芝志子紫",
];

function failed(message: string): HttpAnswer {
  return { error_code: -1, error_msg: message };
}

function pick(names: string[]): string {
  return names[randomInt(names.length)] as string;
}

/** A random family name with a given name of one or two characters. */
export function generateNickname(): string {
  return pick(FAMILY_NAMES) + pick(GIVEN_NAMES) + (randomInt(3) === 0 ? "" : pick(GIVEN_NAMES));
}

/** `/user/nickname/generate?version=1`, by any method (HTTP-16). */
export const nicknameGenerateHandler: HttpHandler = async ({ query }) => {
  mark("HTTP-16");
  const version = query.get("version");
  if (version === undefined || version === "") return failed("invalid parameters");
  if (version !== "1") return failed("invalid version");
  return { error_code: CIMErrorCode.kCIM_ERR_SUCCESS, error_msg: "success", nick_name: generateNickname() };
};
