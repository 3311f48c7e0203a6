# Runs on: every platform
from taropy import Taro

Taro.showToast(title="saved", icon="success", duration=2000)

# What the person sees.
toast = Taro.phone.screen.toast
print(toast.title, toast.icon)
