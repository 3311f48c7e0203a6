"""What `taropy audit` takes for a large program: 5,000 made-up files, with two processes.

The files are as large as those of 17 public programs are on average (2.7 KB, 365 nodes of syntax), with a third more
syntax; they use Taro in six places each, three times as often.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from .measure import Result, Skipped, at_most

FILES = 5_000
ROUNDS = 3
SECONDS = 8.0

TYPES = """\
/**
 * What the backend gives of an order. Prices are in cents, and times in milliseconds since 1970; what has not happened
 * yet is left out. Orders of before 2020 have neither tags nor coupons, and their kind is always the same one.
 */
interface Order {
  id: string
  /** What the shop calls it; customers may change that on the order's page. */
  name?: string
  /** When it was made. The backend's clock counts, not the phone's. */
  created: number
  items: Array<{ id: string; price: number; count: number }>
  /** Taken off the sum, once for the whole order. */
  coupon?: { off: number }
  tags: string[]
  // kinds are added now and then, so this is no union
  kind: string
  paid: boolean
}

"""

SERVICE = """\
import Taro from '@tarojs/taro'
import { request } from '@/utils/request'
import { format } from '../utils/module{other}'
import type { Page } from '@/types/order'

const PATH = '/api/orders/{number}'

"""

CALL = """\
/** Loads the orders of one kind, the newest first. */
export async function load{number}(kind: string, page = 1): Promise<Page<Order>> {{
  try {{
    const {{ data, statusCode }} = await Taro.request({{ url: `${{PATH}}/${{kind}}`, data: {{ page, size: 20 }} }})
    if (statusCode !== 200) throw new Error(format(data.message || 'unknown'))
    return data
  }} catch (err) {{
    if (err.errMsg && err.errMsg.includes('timeout')) Taro.showToast({{ title: 'try again', icon: 'none' }})
    throw err
  }}
}}

"""

FUNCTION = """\
/** What orders come to, by the day. */
export function sums{number}x{part}(orders: Order[], from?: Date): Record<string, number> {{
  const found: Record<string, number> = {{}}
  for (const order of orders) {{
    const day = format(new Date(order.created), 'YYYY-MM-DD')
    if (from && order.created < from.getTime()) continue
    if (!found[day]) found[day] = 0
    found[day] += order.items.reduce((sum, item) => sum + item.price * (item.count || 1), 0) - (order.coupon?.off ?? 0)
  }}
  const names = orders.map((order) => ({{ ...order, name: order.name ?? '', tags: [`kind-${{order.kind}}`] }}))
  return names.length > 0 ? Object.assign({{ names: names.length }}, found) : found
}}

"""

PAGE = """\
import React, { useState, useEffect } from 'react'
import Taro, { useDidShow, useRouter } from '@tarojs/taro'
import { View, Text, Button, Image } from '@tarojs/components'
import { load{other} } from '../services/module{other}'

export default function Page{number}() {
  const { params } = useRouter()
  const [list, setList] = useState([])
"""

CHOOSE = """\
  const choose = async (index: number) => {
    if (process.env.TARO_ENV === 'weapp') {
      const res = await Taro.chooseImage({ count: 1, sizeType: ['compressed'] })
      setList([...list, ...res.tempFilePaths.slice(index)])
    }
  }
"""

PART = """\
  const row{part} = list.map((item, index) => (
    <View className={{`row ${{item.paid ? 'paid' : ''}}`}} key={{item.id}} onClick={{() => choose(index)}}>
      <Image src={{item.image}} mode='aspectFill' onLoad={{() => setList(list.filter((each) => each !== item))}} />
      <Text>{{item.name}}</Text>
      {{item.paid ? <Button openType='contact'>ask</Button> : <Button onClick={{() => choose({part})}}>pay</Button>}}
      {{params.all && item.parts.map((part) => <Text key={{part.id}}>{{part.name}}</Text>)}}
    </View>
  ))
"""


def results() -> list[Result]:
    """The whole command in a process of its own, the start of Python included."""
    if find_spec("tree_sitter") is None:
        raise Skipped("it needs the extra port")
    with TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        seconds = median(_seconds(folder) for _ in range(ROUNDS))
    return [at_most(f"audit of {FILES:,} files", ("taropy audit", seconds), ("allowed", SECONDS), 1, "s")]


def make(folder: Path) -> None:
    """Writes the program into a folder."""
    for kind in ("services", "pages"):
        (folder / "src" / kind).mkdir(parents=True)
    package = {"name": "made-up", "dependencies": {"@tarojs/taro": "4.2.1", "react": "18"}}
    (folder / "package.json").write_text(json.dumps(package))
    (folder / "tsconfig.json").write_text('{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["./src/*"]}}}')
    for number in range(FILES // 2):
        other = (number * 7 + 3) % (FILES // 2)
        service = SERVICE.replace("{number}", str(number)).replace("{other}", str(other))
        service += TYPES + CALL.format(number=number)
        service += "".join(FUNCTION.format(number=number, part=part) for part in range(2))
        page = PAGE.replace("{number}", str(number)).replace("{other}", str(other))
        page = TYPES + page + CHOOSE + "".join(PART.format(part=part) for part in range(2))
        page += "  return <View>{row0}{row1}</View>\n}\n"
        (folder / f"src/services/module{number}.ts").write_text(service)
        (folder / f"src/pages/page{number}.tsx").write_text(page)


def _seconds(folder: Path) -> float:
    command = [sys.executable, "-m", "taropy", "audit", str(folder), "-p", "weapp", "-p", "h5", "--jobs", "2"]
    start = time.perf_counter()
    subprocess.run([*command, "--fail-on", "never", "--output", str(folder / "audit.txt")], check=True)
    return time.perf_counter() - start
