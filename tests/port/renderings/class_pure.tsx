//: mount({"name": "a"})
//: same()
//: other()
//: mutate()
//: update({"name": "a"})
//: update({"name": "b"})
import { PureComponent } from 'react'
import { View } from '@tarojs/components'

export default class ClassPure extends PureComponent<any, any> {
  list = [1]
  state = { list: this.list, at: 0 }

  same = () => this.setState({ at: 0 })
  other = () => this.setState({ at: this.state.at + 1 })
  mutate = () => {
    this.list.push(2)
    this.setState({ list: this.list })
  }

  render() {
    console.log('render', this.props.name, this.state.at, this.state.list.length)
    return <View onClick={this.same} onTap={this.other} onLongPress={this.mutate} />
  }
}
