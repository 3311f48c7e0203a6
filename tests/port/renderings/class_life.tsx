//: mount({"value": 1})
//: update({"value": 2})
//: update({"value": 3})
//: onClick()
//: force()
//: unmount()
import React from 'react'
import { View } from '@tarojs/components'

export default class ClassLife extends React.Component<any, any> {
  constructor(props: any) {
    super(props)
    console.log('made', props.value)
    this.state = { doubled: 0, odd: 1 }
  }

  static getDerivedStateFromProps(props: any, state: any) {
    console.log('derive', props.value, state.odd)
    return { doubled: props.value * 2 }
  }

  shouldComponentUpdate(props: any, state: any) {
    console.log('should it', props.value, state.odd, this.props.value, this.state.odd)
    return props.value !== 3 && state.odd % 2 === 1
  }

  getSnapshotBeforeUpdate(props: any) {
    return `value was ${props.value}`
  }

  componentDidMount() {
    console.log('mounted')
  }

  componentDidUpdate(props: any, state: any, snapshot: any) {
    console.log('updated', state.doubled, snapshot)
  }

  componentWillUnmount() {
    console.log('going')
  }

  odd() {
    this.setState({ odd: this.state.odd + 1 }, () => console.log('called back', this.state.odd))
  }

  force = () => this.forceUpdate(() => console.log('forced', this.props.value, this.state.odd))

  render() {
    console.log('render', this.props.value, this.state.doubled)
    return <View onClick={() => this.odd()} onTap={this.force} />
  }
}
