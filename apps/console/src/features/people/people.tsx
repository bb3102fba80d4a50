import type { BodyRow, HolderRow, listAppointmentsRoute, listBodiesRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useMemo } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { useMe } from '../../app/session.js';

interface Node extends BodyRow {
  readonly children?: readonly Node[];
}

/** The Party tree 党组织体系: every body under the one it stands under; what stands under nothing here is at the top. */
export function partyTree(bodies: readonly BodyRow[]): Node[] {
  const below = new Map<string, BodyRow[]>();
  for (const body of bodies) {
    const parent = body.partyParent ?? body.parent ?? '';
    below.set(parent, [...(below.get(parent) ?? []), body]);
  }
  const here = new Set(bodies.map((body) => body.id));
  const grow = (body: BodyRow): Node => {
    const children = (below.get(body.id) ?? []).map(grow);
    return children.length === 0 ? body : { ...body, children };
  };
  return bodies.filter((body) => !here.has(body.partyParent ?? body.parent ?? '')).map(grow);
}

/** Bodies and people (组织与人员): the tree of bodies, and who holds which post until when. */
export function PeoplePage() {
  const { words } = useLanguage();
  const me = useMe();
  const division = me.data?.offices[0]?.division ?? me.data?.division ?? '';
  const bodies = useQuery({
    queryKey: ['bodies', division],
    queryFn: () => call<typeof listBodiesRoute>('get', '/api/bodies', { query: { division } }),
    enabled: division !== '',
  });
  const appointments = useQuery({
    queryKey: ['appointments', division],
    queryFn: () => call<typeof listAppointmentsRoute>('get', '/api/appointments', { query: { division } }),
    enabled: division !== '',
  });
  const tree = useMemo(() => partyTree(bodies.data?.bodies ?? []), [bodies.data]);
  return (
    <>
      <header className="page-head">
        <h1>{words.nav.people}</h1>
      </header>
      <Faults error={bodies.error ?? appointments.error} />
      <section className="panel">
        <h2>{words.people.bodies}</h2>
        <Table<Node>
          rowKey="id"
          dataSource={tree}
          loading={bodies.isFetching}
          pagination={{ pageSize: 30, hideOnSinglePage: true }}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: words.people.name, dataIndex: 'name' },
            { title: words.matters.place, dataIndex: 'divisionName' },
            { title: words.people.under, render: (_, row) => row.partyParentName ?? words.none },
            { title: words.people.since, dataIndex: 'validFrom' },
          ]}
        />
      </section>
      <section className="panel">
        <h2>{words.people.holders}</h2>
        <Table<HolderRow>
          rowKey="appointment"
          dataSource={appointments.data?.appointments ?? []}
          loading={appointments.isFetching}
          pagination={{ pageSize: 30, hideOnSinglePage: true }}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: words.people.person, dataIndex: 'name' },
            { title: words.people.post, dataIndex: 'postTitle' },
            { title: words.people.body, dataIndex: 'bodyName' },
            { title: words.matters.place, dataIndex: 'divisionName' },
            { title: words.people.since, dataIndex: 'validFrom' },
            { title: words.people.until, render: (_, row) => row.validTo ?? words.none },
          ]}
        />
      </section>
    </>
  );
}
