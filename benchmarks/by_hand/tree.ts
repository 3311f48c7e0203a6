interface Item {
  id: number
  parent: number
  name: string
}

interface Branch extends Item {
  children: Branch[]
}

export function build(items: Item[]): Branch[] {
  const byId: Record<number, Branch> = {}
  for (const item of items) byId[item.id] = { ...item, children: [] }
  const roots: Branch[] = []
  for (const item of items) {
    const branch = byId[item.id]
    const parent = byId[item.parent]
    if (parent) parent.children.push(branch)
    else roots.push(branch)
  }
  return roots
}

export function paths(branches: Branch[], above: string = ''): string[] {
  const found: string[] = []
  branches.forEach((branch) => {
    const path = above ? `${above}/${branch.name}` : branch.name
    found.push(path)
    found.push(...paths(branch.children, path))
  })
  return found
}

export function run(): string[] {
  const items: Item[] = []
  for (let id = 1; id <= 40; id++) items.push({ id, parent: Math.floor(id / 3), name: `n${id}` })
  return paths(build(items))
}
