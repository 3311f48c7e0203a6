//: mount({"start": 5})
//: merge()
//: count()
//: chain()
//: nothing()
//: update({"start": 7})
//: unmount()
import { Component } from 'react'
import { View } from '@tarojs/components'

export default class ClassState extends Component<any, any> {
  state: any = { count: 0, name: 'a', list: [1] }

  componentDidMount() {
    console.log('mounted', this.state.count)
    this.setState({ count: this.props.start }, () => console.log('called back', this.state.count))
    console.log('not yet', this.state.count)
  }

  componentDidUpdate(props: any, state: any) {
    console.log('updated', props.start, state.count, '->', this.props.start, this.state.count)
  }

  componentWillUnmount() {
    console.log('going', this.state.count)
    this.setState({ count: -1 })
  }

  merge = () => {
    this.setState({ name: 'b' })
    this.setState({ list: [...this.state.list, 2] })
    console.log('merging', this.state.name, this.state.list.length)
  }

  count = () => {
    this.setState({ count: this.state.count + 1 })
    this.setState({ count: this.state.count + 1 })
    this.setState((state: any, props: any) => ({ count: state.count + props.start }))
  }

  chain = () => {
    this.setState({ count: 1 }, () => {
      console.log('first callback', this.state.count)
      this.setState({ count: 2 }, () => console.log('second callback', this.state.count))
      console.log('in the callback', this.state.count)
    })
    this.setState({ name: 'c' }, () => console.log('another callback', this.state.name))
  }

  nothing = () => {
    this.setState(null)
    this.setState(() => null, () => console.log('called back for nothing'))
  }

  render() {
    console.log('render', this.state.count, this.state.name, this.state.list.join())
    return <View onClick={this.merge} onTap={this.count} onLongPress={this.chain} onTouchEnd={this.nothing} />
  }
}
