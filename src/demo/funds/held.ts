/** The account that holds nothing but other people's money, and the two funds on it. */
export const HELD_BANK = '102-代管专户'
export const NEIGHBOUR = '近邻基金'
export const JULONG = '聚龙奖学金'
