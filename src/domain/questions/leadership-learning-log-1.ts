/** Leadership Learning Log, "Activity 1: Looking Back": sixteen questions in fixed wording. */
export const leadershipLearningLog1 = {
  id: 'leadership-learning-log@1',
  questions: [
    { en: 'What did I do?', 'zh-CN': '我做了什么？' },
    { en: 'How do I think/feel about this?', 'zh-CN': '我对此有什么想法和感受？' },
    {
      en: 'What did I plan to do but did not do (leadership actions)?',
      'zh-CN': '我原本计划做、却没有做的是什么（领导行动）？',
    },
    { en: 'What additional leadership actions should I have taken?', 'zh-CN': '我本来还应该采取哪些领导行动？' },
    { en: 'How well (or badly) did it go?', 'zh-CN': '进展得有多好（或多糟）？' },
    { en: 'What did I learn?', 'zh-CN': '我学到了什么？' },
    {
      en: 'What will I do differently next time (stop, start, continue)?',
      'zh-CN': '下一次我会有哪些不同的做法（停止、开始、继续）？',
    },
    { en: 'How will I do it differently next time?', 'zh-CN': '下一次我将怎样以不同的方式去做？' },
    { en: 'What have I achieved – business results?', 'zh-CN': '我取得了什么成果——业务结果？' },
    {
      en: 'What have I achieved – my leadership development?',
      'zh-CN': '我取得了什么成果——我的领导力发展？',
    },
    { en: 'What have I learnt about myself as a leader?', 'zh-CN': '作为领导者，我对自己有了哪些认识？' },
    { en: 'How have I put theory into practice?', 'zh-CN': '我是怎样把理论付诸实践的？' },
    {
      en: 'How does what I have been doing lead to me becoming better at a particular leadership skill?',
      'zh-CN': '我一直在做的事情，怎样使我的某项领导技能变得更好？',
    },
    { en: 'How can I use this to plan for the future?', 'zh-CN': '我可以怎样用它来规划未来？' },
    { en: 'How can I use this to plan new learning experiences?', 'zh-CN': '我可以怎样用它来规划新的学习体验？' },
    {
      en: 'How should I use this experience in the next session with my leadership coach?',
      'zh-CN': '在下一次与我的领导力教练会谈时，我应该怎样运用这次经历？',
    },
  ],
} as const
