import type { Running } from '../themes/running.ts'

/** What the community costs month by month: officers' pay apart from the 7 grid workers and the other staff. */
export const COSTS: Omit<Running, 'bank'> = {
  pay: [
    { title: '社区干部', heads: 7, amount: '59500', account: '513-干部报酬', officers: true },
    { title: '专职网格员', heads: 7, amount: '36400', account: '513-人员工资', officers: false },
    { title: '物业、保安、保洁等工作人员', heads: 32, amount: '160000', account: '513-人员工资', officers: false },
  ],
  stamp: '1276',
  expenses: [
    { item: '社区办公费', account: '513-办公', payee: '演示市办公用品商行', amount: '14200', under: 'budget' },
    { item: '社区运转水电费', account: '513-运转', payee: '演示供电公司', amount: '23600', under: 'budget' },
    { item: '出租物业水电', account: '511-水电', payee: '演示供水公司', amount: '18800', under: 'budget' },
    {
      item: '出租物业维修',
      account: '511-维修',
      payee: '演示市青阳市政工程队',
      amount: '85000',
      on: ['03-18', '06-18', '09-18', '12-18'],
      under: 'budget',
    },
    {
      item: '社区文体活动',
      account: '514-文体',
      payee: '演示市群众艺术馆',
      amount: '46000',
      on: ['02-12', '10-29'],
      under: 'budget',
    },
    {
      item: '夜市保洁和治安协管',
      account: '511-其他',
      payee: '演示市夜市管理服务部',
      amount: '26000',
      under: 'budget',
    },
  ],
}
