import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const FILE = join(import.meta.dirname, '../../docs/cluster/compose.yaml')
const NODES = ['node1', 'node2', 'node3'] as const

/** Options of a 23.10 server that a cluster's nodes are set up with, none of them deprecated there; any other stops it. */
const OPTIONS = new Set(
  `CLUSTER_SIZE DISCOVER_VIA_DNS GOSSIP_SEED NODE_IP NODE_PORT NODE_HOST_ADVERTISE_AS NODE_PORT_ADVERTISE_AS REPLICATION_IP
  REPLICATION_PORT REPLICATION_HOST_ADVERTISE_AS REPLICATION_TCP_PORT_ADVERTISE_AS ADVERTISE_HOST_TO_CLIENT_AS
  ADVERTISE_NODE_PORT_TO_CLIENT_AS CERTIFICATE_FILE CERTIFICATE_PRIVATE_KEY_FILE TRUSTED_ROOT_CERTIFICATES_PATH
  CERTIFICATE_RESERVED_NODE_COMMON_NAME DB INDEX LOG RUN_PROJECTIONS TELEMETRY_OPTOUT DISABLE_ADMIN_UI
  DEFAULT_ADMIN_PASSWORD DEFAULT_OPS_PASSWORD`.split(/\s+/),
)

const serviceSchema = z.object({
  image: z.string(),
  restart: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
})
const composeSchema = z.object({
  services: z.record(z.enum([...NODES, 'certificates']), serviceSchema),
  volumes: z.record(z.string(), z.null()),
})

const READ = 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)'
const text = readFileSync(FILE, 'utf8')
const read = spawnSync('python3', ['-c', READ], { input: text, encoding: 'utf8' })
const needs =
  read.status === 0 || /found|expected|mapping|scanner|parser/i.test(read.stderr) ? '' : ' — needs python3-yaml'

describe('the compose file of the cluster', () => {
  test('sets no option that the server does not know, so that it starts', () => {
    const names = [...text.matchAll(/^ *EVENTSTORE_(\w+):/gm)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(20)
    expect(names.filter(name => !OPTIONS.has(name))).toEqual([])
  })

  test('never turns TLS and login off, and has no password in it', () => {
    expect(text).not.toMatch(/INSECURE|ANONYMOUS|changeit|DISABLE_INTERNAL_TCP_TLS/)
    expect(text).toMatch(/DEFAULT_ADMIN_PASSWORD: "\$\{ADMIN_PASSWORD:\?/)
  })

  test.skipIf(needs)(`gives each node the other two, its own name, certificate, port and data${needs}`, () => {
    const { services, volumes } = composeSchema.parse(JSON.parse(read.stdout))
    for (const [index, node] of NODES.entries()) {
      const { environment, ports, volumes: mounted, restart, depends_on } = services[node]
      const others = NODES.filter(other => other !== node).map(other => `${other}:2113`)
      expect(environment.EVENTSTORE_GOSSIP_SEED?.split(',')).toEqual(others)
      expect(environment.EVENTSTORE_CLUSTER_SIZE).toBe(`${NODES.length}`)
      expect(environment.EVENTSTORE_NODE_HOST_ADVERTISE_AS).toBe(node)
      expect(environment.EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS).toBe(node)
      expect(environment.EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE).toBe(`/certs/${node}/node.key`)
      expect(ports).toEqual([`\${BIND:-127.0.0.1}:${environment.EVENTSTORE_ADVERTISE_NODE_PORT_TO_CLIENT_AS}:2113`])
      expect(mounted).toEqual([
        'certs:/certs:ro',
        `data${index + 1}:/var/lib/eventstore`,
        `logs${index + 1}:/var/log/eventstore`,
      ])
      expect(restart).toBe('unless-stopped')
      expect(depends_on).toEqual({ certificates: { condition: 'service_completed_successfully' } })
    }
    const used = Object.values(services).flatMap(each => each.volumes.map(volume => volume.split(':')[0]))
    expect(Object.keys(volumes).sort()).toEqual([...new Set(used)].sort())
  })

  test.skipIf(needs)(`keeps the authority’s key where no node can read it${needs}`, () => {
    const { services } = composeSchema.parse(JSON.parse(read.stdout))
    const readers = Object.entries(services).filter(([, { volumes }]) =>
      volumes.some(each => each.startsWith('authority:')),
    )
    expect(readers.map(([name]) => name)).toEqual(['certificates'])
  })
})
