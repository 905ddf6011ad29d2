import type { Chance } from '../random.ts'

const SURNAMES = [...'林陈黄张吴李王郑蔡杨许刘苏谢洪庄曾郭赖徐周叶何施颜柯丁萧卢纪龚傅']
const MEN = [...'志建国文伟明华荣清辉金水土木炎培德良福春秋宏泽鸿钦煌铭炳烽锦耀俊杰浩宇轩奕辰睿']
const WOMEN = [...'丽秀美玉淑惠琼珍英素月梅莲霞燕婷雅静芳瑜琳娜欣妍诗涵梓萱语桐若彤']
// Characters that fonts, input methods and old systems stumble over: a statement must print them all the same.
const RARE = ['䶮', '𠅤', '㛃', '犇', '堃']
const RARE_EVERY = 40

export type Sex = 'm' | 'f'

/** Gives invented names, each once: a surname and two characters, now and then a rare one. */
export function namer(chance: Chance): (sex: Sex, surname?: string) => string {
  const given = new Set<string>()
  return (sex, surname) => {
    for (;;) {
      const list = sex === 'm' ? MEN : WOMEN
      const rare = given.size % RARE_EVERY === RARE_EVERY - 1
      const last = rare ? RARE[Math.floor(given.size / RARE_EVERY) % RARE.length]! : chance.pick(list)
      const name = `${surname ?? chance.pick(SURNAMES)}${chance.pick(list)}${last}`
      if (given.has(name)) continue
      given.add(name)
      return name
    }
  }
}

/** A surname for a household. */
export const surnameOf = (chance: Chance): string => chance.pick(SURNAMES)
