import { accountNode } from '../account/nodes';
import { idOf, type NodeKinds } from '../nodeKind';
import { dayRows, foldedRows, hourRows, machineRows, shapeRows } from './children';
import { dayItem, hourItem, hoursItem, machineItem, machinesItem, machineTooltip, shapeItem } from './items';
import {
  type DayNode,
  type HourNode,
  type HoursNode,
  type MachineNode,
  type MachinesNode,
  machinesNode,
  type ShapeNode,
} from './nodes';

export const machineKinds: NodeKinds<
  MachinesNode | MachineNode | DayNode | HourNode | HoursNode | ShapeNode
> = {
  machines: {
    item: machinesItem,
    children: machineRows,
    parent: ({ account }) => accountNode(account),
  },
  machine: {
    item: machineItem,
    children: dayRows,
    tooltip: machineTooltip,
    parent: ({ account }) => machinesNode(account),
    subject: ({ usage }) => idOf(usage.machineId),
  },
  day: {
    item: dayItem,
    children: hourRows,
    subject: ({ machineId }) => idOf(machineId),
  },
  hour: {
    item: hourItem,
    children: shapeRows,
  },
  hours: {
    item: hoursItem,
    children: foldedRows,
  },
  shape: {
    item: shapeItem,
  },
};
