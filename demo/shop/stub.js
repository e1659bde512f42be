// The stub as a file of its own, for pages whose policy allows no script in the page. As it stands in README.
window.chatstone =
  window.chatstone ||
  function () {
    // biome-ignore lint/complexity/noArguments: chatstone takes what the stub was called with as it is
    (chatstone.q = chatstone.q || []).push(arguments);
  };
