import { planned, type YearPlan } from '../themes/budget.ts'

/** The community's plan of the year; in May the repair of the square is added to what repairs may cost. */
export const PLAN: YearPlan = {
  under: 'budget',
  on: '01-15',
  items: [
    planned('in', '经营收入', '501', '17300000'),
    planned('in', '投资收益', '502', '6800000'),
    planned('out', '办公费', '513-办公', '180000'),
    planned('out', '社区运转', '513-运转', '286000'),
    planned('out', '出租物业水电', '511-水电', '228000'),
    planned('out', '出租物业维修', '511-维修', '345000'),
    planned('out', '文体活动', '514-文体', '95000'),
    planned('out', '夜市保洁协管', '511-其他', '315000'),
  ],
  amended: {
    under: 'budget-2',
    on: '05-22',
    reason: '增加阳光广场地面翻修',
    items: [planned('out', '出租物业维修', '511-维修', '525000')],
  },
}
