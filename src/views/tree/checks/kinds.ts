import { idOf, type NodeKinds } from '../nodeKind';
import { checkRows, findingRows, restatementRows } from './children';
import {
  checksItem,
  checkSumItem,
  findingItem,
  findingsItem,
  restatementItem,
  restatementsItem,
} from './items';
import type {
  ChecksNode,
  CheckSumNode,
  FindingNode,
  FindingsNode,
  RestatementNode,
  RestatementsNode,
} from './nodes';

export const checkKinds: NodeKinds<
  ChecksNode | CheckSumNode | FindingsNode | FindingNode | RestatementsNode | RestatementNode
> = {
  checks: {
    item: checksItem,
    children: checkRows,
  },
  checkSum: {
    item: checkSumItem,
  },
  findings: {
    item: findingsItem,
    children: findingRows,
  },
  finding: {
    item: findingItem,
    subject: ({ finding }) => idOf(finding.subjectId),
  },
  restatements: {
    item: restatementsItem,
    children: restatementRows,
  },
  restatement: {
    item: restatementItem,
    subject: ({ restatement }) => idOf(restatement.machineId),
  },
};
