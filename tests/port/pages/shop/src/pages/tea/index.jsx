import { Component } from 'react'
import Taro, { getCurrentInstance } from '@tarojs/taro'
import { Button, Input, View } from '@tarojs/components'

export default class Tea extends Component {
  state = { tea: null, note: '', saved: 0 }

  componentDidMount() {
    this.load()
  }

  componentWillUnmount() {
    Taro.setStorageSync('last', this.state.note)
  }

  onShareAppMessage() {
    return { title: this.state.tea.name }
  }

  load = async () => {
    const { id } = getCurrentInstance().router.params
    const res = await Taro.request({ url: `${process.env.TARO_APP_API}/teas/${id}` })
    this.setState({ tea: res.data })
  }

  handleInput = e => {
    this.setState({ note: e.detail.value })
  }

  save() {
    this.setState(
      prev => ({ saved: prev.saved + 1 }),
      () => Taro.showToast({ title: `saved ${this.state.saved}` })
    )
  }

  render() {
    const { tea, note } = this.state
    return (
      <View>
        <View>{tea && tea.name}</View>
        <Input value={note} onInput={this.handleInput} />
        <Button onClick={() => this.save()}>Save</Button>
        <Button onClick={() => Taro.navigateBack()}>Back</Button>
      </View>
    )
  }
}
