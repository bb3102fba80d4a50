export {
  attendanceFigures,
  attendanceOf,
  listProxyFaults,
  type Attendance,
  type Proxy,
  type ProxyRule,
} from './attendance.js';
export {
  entitledOn,
  findRecusal,
  listHouseholds,
  Membership,
  recuse,
  type Entitled,
  type Recused,
  type Relation,
  type Roll,
} from './roll.js';
