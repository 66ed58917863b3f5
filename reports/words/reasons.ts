import { asIs, type Phrase } from "./phrase.ts";
import { statusWords } from "./verdicts.ts";

// Results say in English why they came to their verdict, and programs read that. People get the same sentence in their
// language, as far as it is known here: `{x}` stands for what differs, `(s)` for the ending of a plural, and `{=x}` for a
// sentence that is itself one of these.

/** Sentences of results, English and Chinese. The first that fits is taken: what is more special comes first. */
const templates: readonly Phrase[] = [
  // The suite
  { en: "{n} case(s) failed", zh: "{n} 个用例失败" },
  {
    en: "{cases} is listed as known failing but passed: take it off the list",
    zh: "{cases} 列为已知失败却通过了：请将其移出名单",
  },
  {
    en: "{cases} are listed as known failing but passed: take it off the list",
    zh: "{cases} 列为已知失败却通过了：请将其移出名单",
  },
  {
    en: "the run was interrupted, with {left} of {total} case(s) not judged",
    zh: "运行被中断，{total} 个用例中有 {left} 个未判定",
  },
  {
    en: "the run was interrupted: this covers what happened until then",
    zh: "运行被中断：这里只涵盖中断之前的部分",
  },
  { en: "the run was interrupted", zh: "运行被中断" },
  { en: "{n} case(s) ended in an error of the suite", zh: "{n} 个用例因测试套件自身出错而终止" },
  { en: "no case came to a result", zh: "没有任何用例得出结果" },
  {
    en: "{n} case(s) could not run because the target takes {limit} connections at a time from one address, and closes further ones at once; raise that limit for this run, or give --jobs 1",
    zh: "{n} 个用例无法运行，原因：目标同一时间只接受同一地址的 {limit} 个连接，多出的会立即关闭；请在本次运行中提高该限制，或使用 --jobs 1",
  },
  {
    en: "{n} case(s) could not run because {why}; no {capability} yet? {option}",
    zh: "{n} 个用例无法运行，原因：{why}；尚未实现 {capability}？可用 {option}",
  },
  { en: "{n} case(s) could not run because {why}", zh: "{n} 个用例无法运行，原因：{why}" },
  {
    en: "{n} case(s) could not run, so nothing is known about what they check",
    zh: "{n} 个用例无法运行，它们所检查的内容无从得知",
  },
  {
    en: "the target ends connections behind {n} answers: {ended} ended so, and none got more; look at its log, and at what stands in front of it, for what ends them",
    zh: "目标在 {n} 个应答之后断开连接：{ended} 个连接如此断开，没有连接得到更多应答；请查看它的日志以及它前面的设备，找出是什么断开了连接",
  },
  {
    en: "the target ends connections about {age} after they were opened: {ended} of the {old} that grew so old; look at its log, and at what stands in front of it, for what ends them",
    zh: "目标在连接打开约 {age} 之后将其断开：达到这一时长的 {old} 个连接中有 {ended} 个；请查看它的日志以及它前面的设备，找出是什么断开了连接",
  },
  {
    en: "the target answers {command} with the session list of somebody else; first mend {rule}",
    zh: "目标用别人的会话列表应答 {command}；请先修复 {rule}",
  },
  {
    en: "the target answers {command} with the history of somebody else; first mend {rule}",
    zh: "目标用别人的历史应答 {command}；请先修复 {rule}",
  },
  {
    en: "{command} is unanswered for so long as cases wait, whoever asks; first mend {rule}",
    zh: "在用例等待的时间内，无论谁询问，{command} 都没有得到应答；请先修复 {rule}",
  },
  {
    en: "every token that was given to the target is refused ({n} of them, result_code {codes}); have the tokens in the list expired, or were they issued by another server?",
    zh: "目标拒绝了给它的每一个令牌（共 {n} 个，result_code {codes}）；名单中的令牌是否已过期，或是由另一台服务器签发？",
  },
  {
    en: "no answer comes by itself: the target sends each one only when the next request has come; first mend {rule}, nothing else can be judged",
    zh: "没有应答会自行到来：目标要等下一个请求到来才发出前一个应答；请先修复 {rule}，此前别的都无从判断",
  },
  { en: "{n} of {total} guarantees were broken", zh: "{total} 项保证中有 {n} 项被破坏" },
  { en: "the run was interrupted before all faults had been inflicted", zh: "故障尚未全部注入，运行即被中断" },
  {
    en: "since {fault} the target no longer serves anybody: {cause}; start it again",
    zh: "自 {fault} 起目标不再为任何人服务：{cause}；请重新启动它",
  },
  { en: "behind {faults} nobody could look: {cause}", zh: "在 {faults} 之后无法查看：{cause}" },
  {
    en: "the target came back without its accounts: users who had been logged in were turned away {n} time(s) ({how}); what it stores has to survive a restart (SYS-01)",
    zh: "目标回来时丢失了账号：曾经登录过的用户被拒绝 {n} 次（{how}）；它存储的内容必须经得起重启（SYS-01）",
  },
  { en: "{faults} could not be inflicted: {cause}", zh: "无法注入 {faults}：{cause}" },
  // Loads
  { en: "{n} violation(s) of {check}", zh: "检查项 {check} 有 {n} 处违规" },
  {
    en: "threshold {condition} was crossed: nothing was measured; this ended the run",
    zh: "超出阈值 {condition}：没有测量数据，运行因此提前结束",
  },
  {
    en: "threshold {condition} was crossed: it was {value}; this ended the run",
    zh: "超出阈值 {condition}：实测 {value}，运行因此提前结束",
  },
  { en: "threshold {condition} was crossed: nothing was measured", zh: "超出阈值 {condition}：没有测量数据" },
  { en: "threshold {condition} was crossed: it was not measured", zh: "超出阈值 {condition}：没有测量数据" },
  { en: "threshold {condition} was crossed: it was {value}", zh: "超出阈值 {condition}：实测 {value}" },
  {
    en: "{n} of {total} clients could not be brought up because this machine ran {cause}",
    zh: "{total} 个客户端中有 {n} 个未能上线，因为本机资源耗尽（{cause}）",
  },
  { en: "{n} of {total} clients could not be brought up: {cause}", zh: "{total} 个客户端中有 {n} 个未能上线：{cause}" },
  { en: "{n} of {total} clients lost their connection: {cause}", zh: "{total} 个客户端中有 {n} 个断开了连接：{cause}" },
  {
    en: "{n} of {total} clients were closed for their silence: a target ends whoever sends no heartbeat for {time} (HB-02); give a shorter --heartbeat",
    zh: "{total} 个客户端中有 {n} 个因沉默而被关闭：目标会关闭 {time} 没有发送心跳的连接（HB-02）；请缩短 --heartbeat",
  },
  {
    en: "{n} login(s) could not be tried because this machine ran {cause}",
    zh: "{n} 次登录无法进行，因为本机资源耗尽（{cause}）",
  },
  { en: "{n} error(s): {kind}", zh: "{n} 个错误：{kind}" },
  { en: "{n} arrival(s) found no user free: {=why}", zh: "{n} 次到达没有空闲用户可用：{=why}" },
  { en: "users waited in vain for what was not answered", zh: "用户一直在等待没有得到应答的请求" },
  {
    en: "the options ask for more at a time than there are users; give more --clients or a lower --rate",
    zh: "选项要求的并发量超过了用户数，请增大 --clients 或降低 --rate",
  },
  {
    en: "{n} conversation(s) could not be audited: the target did not answer",
    zh: "{n} 个会话无法对账：目标没有应答",
  },
  { en: "nothing was measured", zh: "没有测量到任何数据" },
  // Slices
  {
    en: "slice {i} of {n} is there {count} times ({names}): the first one counts",
    zh: "第 {i} 片（共 {n} 片）给出了 {count} 次（{names}）：只计第一个",
  },
  { en: "slice {i} of {n} is missing", zh: "缺少第 {i} 片（共 {n} 片）" },
  { en: "{count} of {n} slices are missing: {list}", zh: "{n} 片中缺少 {count} 片：{list}" },
  {
    en: "slice {i} of {n} in {name} belongs to another load, with {difference}: it is left out",
    zh: "{name} 中的第 {i} 片（共 {n} 片）属于另一次压力测试（{difference}），未计入",
  },
  { en: "slice {i} of {n} was interrupted", zh: "第 {i} 片（共 {n} 片）被中断" },
  {
    en: "slice {i} of {n} began {late} late, since it was not ready at --start-at: give all slices a later time",
    zh: "第 {i} 片（共 {n} 片）晚了 {late} 才开始，因为到 --start-at 时尚未就绪：请为所有分片指定更晚的时间",
  },
  {
    en: "slice {i} of {n} began its traffic {late} late, since its clients were not up before: give a longer --ramp or --settle",
    zh: "第 {i} 片（共 {n} 片）的流量晚了 {late} 才开始，因为此前其客户端尚未上线：请加长 --ramp 或 --settle",
  },
  {
    en: "slice {i} of {n} began its traffic at least {late} after slice {j} of {m}: {=advice}",
    zh: "第 {i} 片（共 {n} 片）的流量比第 {j} 片至少晚 {late} 开始：{=advice}",
  },
  {
    en: "slice {i} of {n} began at least {late} after slice {j} of {m}: {=advice}",
    zh: "第 {i} 片（共 {n} 片）比第 {j} 片至少晚 {late} 开始：{=advice}",
  },
  { en: "begin all slices together, with --start-at", zh: "请用 --start-at 让所有分片同时开始" },
  { en: "set the clocks of the machines alike", zh: "请校准各机器的时钟" },
  {
    en: "{name} holds no result: its slice did not come to its end",
    zh: "{name} 中没有结果：该分片没有运行到结束",
  },
  { en: "slice {i} of {n}: {=reason}", zh: "第 {i} 片（共 {n} 片）：{=reason}" },
  {
    en: "{n} message(s) of another run reached these users: it uses the same accounts at the same time, so nothing can be said of the target; run one after the other, or give each accounts of its own (--users)",
    zh: "这些用户收到了另一次运行的 {n} 条消息：两次运行同时使用相同的账号，因此无法评价目标；请先后运行，或用 --users 为每次运行分配各自的账号",
  },
  {
    en: "the target answered {rate} requests per second of the {asked} that were asked for",
    zh: "要求每秒 {asked} 个请求，目标每秒只应答了 {rate} 个",
  },
  { en: "{n} requests failed: {cause}", zh: "{n} 个请求失败：{cause}" },
  { en: "{n} logins failed, of {total} users", zh: "{total} 个用户中有 {n} 个登录失败" },
  // The generator's own limits
  {
    en: "this machine was too busy to measure on ({facts}): {=advice}",
    zh: "本机过于繁忙，无法测量（{facts}）：{=advice}",
  },
  { en: "use a machine with processors of its own", zh: "请换用独占处理器的机器" },
  {
    en: "end what else runs here, give target and generator machines or processors of their own (taskset), or ask for less; more workers do not help",
    zh: "请结束本机上的其他程序，为目标和施压端分配各自的机器或处理器（taskset），或降低要求；增加工作进程没有帮助",
  },
  {
    en: "the generator stood still for {seconds} s at a time (its process was stopped, this machine was suspended, or the scenario's own code did not return): its effects are not blamed on the target; measure again",
    zh: "施压端曾一次停顿 {seconds} s（进程被暂停、机器被挂起，或场景自身的代码迟迟不返回）：其影响不归咎于目标，请重新测量",
  },
  { en: "{=fact}; use more workers or cores, or a lower rate", zh: "{=fact}；请增加工作进程或处理器核，或降低速率" },
  {
    en: "the generator was never idle in {share} of the measured seconds",
    zh: "在 {share} 的测量时间里施压端没有任何空闲",
  },
  {
    en: "the generator acted on 1% of the arrivals more than {late} ms after their intended time (tolerated: {allowed} ms)",
    zh: "1% 的到达比计划时刻晚了 {late} ms 以上才执行（允许：{allowed} ms）",
  },
  {
    en: "the generator's event loop was held up for {delay} ms and more at the 99th percentile of an ordinary second (tolerated: {allowed} ms)",
    zh: "施压端的事件循环在普通一秒内的第 99 百分位延迟达 {delay} ms 以上（允许：{allowed} ms）",
  },
  // Comparisons
  {
    en: "{rule} was {before} and is {after}: {title}",
    zh: "{rule} 的结果由“{=before}”变为“{=after}”：{title}",
  },
  {
    en: "{figure} is {from} to {to} higher than the base, and {tolerance} is tolerated",
    zh: "{figure} 比基线高 {from} 至 {to}，允许范围为 {tolerance}",
  },
  {
    en: "{figure} is {from} to {to} lower than the base, and {tolerance} is tolerated",
    zh: "{figure} 比基线低 {from} 至 {to}，允许范围为 {tolerance}",
  },
  { en: "{figure} rose from {before} to {after}", zh: "{figure} 从基线的 {before} 增至 {after}" },
  {
    en: "{figure} went from {before} to {after}, but the runs are too noisy to be sure: repeat them, longer or more often",
    zh: "{figure} 由 {before} 变为 {after}，但各次运行波动太大，无法确定：请延长运行时间或增加次数后重跑",
  },
  {
    en: "With {runs} run(s) on a side the drift from run to run does not show; repeat each at least {enough} times to be sure of small changes",
    zh: "每一侧只有 {runs} 次运行，看不出运行之间的波动；要确认细微变化，请各重复至少 {enough} 次",
  },
  { en: "Too noisy to tell: {figures}", zh: "波动太大，无法判断：{figures}" },
  { en: "{n} case(s) of the base was not run again", zh: "基线中有 {n} 个用例没有再次运行" },
  { en: "{n} case(s) of the base were not run again", zh: "基线中有 {n} 个用例没有再次运行" },
  { en: "there is nothing to compare", zh: "没有可比较的内容" },
  {
    en: "run {run} was interrupted, so its figures cover only a part",
    zh: "运行 {run} 被中断，其数据只涵盖一部分",
  },
  {
    en: "in run {run} the machine was too busy, so its figures say nothing about the target: repeat it on a quiet one",
    zh: "运行 {run} 期间机器过于繁忙，其数据不能说明目标的情况：请在空闲的机器上重新运行",
  },
  {
    en: "in run {run} the generator was the limit, so its figures say nothing about the target: repeat it with more workers or less load",
    zh: "运行 {run} 的瓶颈在施压端，其数据不能说明目标的情况：请增加工作进程或降低压力后重新运行",
  },
  { en: "run {run} is not valid: {=why}", zh: "运行 {run} 无效：{=why}" },
  {
    en: "run {run} has {n} sample(s), and a percentile needs at least {least}: let it run longer",
    zh: "运行 {run} 只有 {n} 个样本，而百分位至少需要 {least} 个：请延长运行时间",
  },
  {
    en: "runs {one} and {other} are of different kinds, {from} and {to}",
    zh: "运行 {one} 与 {other} 的种类不同：{=from}与{=to}",
  },
  {
    en: "runs {one} and {other} use rule sets {from} and {to}",
    zh: "运行 {one} 与 {other} 使用的规则集不同：{from} 与 {to}",
  },
  {
    en: "runs {one} and {other} ask for different profiles, {from} and {to}",
    zh: "运行 {one} 与 {other} 使用的配置档不同：{from} 与 {to}",
  },
  {
    en: "runs {one} and {other} are of different scenarios, {from} and {to}",
    zh: "运行 {one} 与 {other} 的场景不同：{from} 与 {to}",
  },
  {
    en: "runs {one} and {other} use different models, {from} and {to}",
    zh: "运行 {one} 与 {other} 的模型不同：{from} 与 {to}",
  },
  {
    en: "runs {one} and {other} use different transports, {from} and {to}",
    zh: "运行 {one} 与 {other} 的传输方式不同：{from} 与 {to}",
  },
  {
    en: "runs {one} and {other} differ in {option}: {from} and {to} (--allow options compares them all the same)",
    zh: "运行 {one} 与 {other} 的 {option} 不同：{from} 与 {to}（加 --allow options 仍作比较）",
  },
  {
    en: "runs {one} and {other} come from machines with {from} and {to} cores (--allow machine compares them all the same)",
    zh: "运行 {one} 与 {other} 所用机器的处理器核数不同：{from} 与 {to}（加 --allow machine 仍作比较）",
  },
  {
    en: "runs {one} and {other} come from different processors, {from} and {to} (--allow machine compares them all the same)",
    zh: "运行 {one} 与 {other} 所用的处理器不同：{from} 与 {to}（加 --allow machine 仍作比较）",
  },
  {
    en: "runs {one} and {other} come from machines with {from} and {to} of memory (--allow machine compares them all the same)",
    zh: "运行 {one} 与 {other} 所用机器的内存不同：{from} 与 {to}（加 --allow machine 仍作比较）",
  },
  // Words that stand within such sentences
  { en: "load", zh: "压力测试" },
  { en: "conformance", zh: "一致性测试" },
  ...Object.entries(statusWords).map(([status, { zh }]) => ({ en: status, zh })),
];

interface Reader {
  readonly pattern: RegExp;
  readonly zh: string;
}

const readers: readonly Reader[] = templates.map(({ en, zh }) => ({ pattern: patternOf(en), zh }));

function patternOf(template: string): RegExp {
  const escaped = template.replaceAll(/[.*+?^$|[\]\\]|\((?!s\))|(?<!\(s)\)/g, "\\$&");
  const plural = escaped.replaceAll("(s)", "s?");
  return new RegExp(`^${plural.replaceAll(/\{=?(\w+)\}/g, "(?<$1>.+?)")}\\.?$`, "s");
}

/** A sentence of a result in every language; in English alone when it is none of those that are known here. */
export function reasonPhrase(reason: string): Phrase {
  for (const { pattern, zh } of readers) {
    const match = pattern.exec(reason);
    if (match === null) continue;
    return { en: reason, zh: filled(zh, match.groups ?? {}) };
  }
  return asIs(reason);
}

function filled(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(=?)(\w+)\}/g, (_, nested: string, name: string) => {
    const part = parts[name] ?? "";
    return nested === "=" ? reasonPhrase(part).zh : part;
  });
}
